using MLPipelines.Transforms.Text;

namespace MLPipelines;

public static partial class TextCatalog
{
    /// <summary>Counts the n-grams of key vectors in a fixed number of slots, by hashing.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/> with two to the number of bits slots.</param>
    /// <param name="inputColumnName">The column to read: a vector of keys; the output column when null.</param>
    /// <param name="numberOfBits">From 1 to 30.</param>
    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">How many keys may be left out within an n-gram; with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="useOrderedHashing">Whether n-grams of different columns fall into different slots.</param>
    /// <param name="maximumNumberOfInverts">How many n-grams per slot to name it by; 0 for no names, -1 for all.</param>
    /// <param name="rehashUnigrams">Whether single keys are hashed; otherwise they are their own hash.</param>
    public static NgramHashingEstimator ProduceHashedNgrams(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int numberOfBits = NgramHashingEstimator.Defaults.NumberOfBits,
        int ngramLength = NgramHashingEstimator.Defaults.NgramLength,
        int skipLength = NgramHashingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramHashingEstimator.Defaults.UseAllLengths,
        uint seed = NgramHashingEstimator.Defaults.Seed,
        bool useOrderedHashing = NgramHashingEstimator.Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = NgramHashingEstimator.Defaults.MaximumNumberOfInverts,
        bool rehashUnigrams = NgramHashingEstimator.Defaults.RehashUnigrams) =>
        catalog.ProduceHashedNgrams(outputColumnName, [inputColumnName ?? outputColumnName], numberOfBits, ngramLength, skipLength, useAllLengths, seed,
            useOrderedHashing, maximumNumberOfInverts, rehashUnigrams);

    /// <inheritdoc cref="ProduceHashedNgrams(TransformsCatalog.TextTransforms, string, string?, int, int, int, bool, uint, bool, int, bool)"/>
    public static NgramHashingEstimator ProduceHashedNgrams(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string[] inputColumnNames,
        int numberOfBits = NgramHashingEstimator.Defaults.NumberOfBits,
        int ngramLength = NgramHashingEstimator.Defaults.NgramLength,
        int skipLength = NgramHashingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramHashingEstimator.Defaults.UseAllLengths,
        uint seed = NgramHashingEstimator.Defaults.Seed,
        bool useOrderedHashing = NgramHashingEstimator.Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = NgramHashingEstimator.Defaults.MaximumNumberOfInverts,
        bool rehashUnigrams = NgramHashingEstimator.Defaults.RehashUnigrams) =>
        new(outputColumnName, inputColumnNames,
            new NgramHash(numberOfBits, NgramShape.Create(ngramLength, skipLength, useAllLengths), seed, useOrderedHashing, rehashUnigrams), maximumNumberOfInverts);

    /// <summary>Cuts text at spaces and counts the n-grams of the words in a fixed number of slots, by hashing.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/> with two to the number of bits slots.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="numberOfBits">From 1 to 30.</param>
    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">How many words may be left out within an n-gram; with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="useOrderedHashing">Whether n-grams of different columns fall into different slots.</param>
    /// <param name="maximumNumberOfInverts">How many n-grams per slot to name it by; 0 for no names, -1 for all.</param>
    public static WordHashBagEstimator ProduceHashedWordBags(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int numberOfBits = NgramHashingEstimator.Defaults.NumberOfBits,
        int ngramLength = WordHashBagEstimator.DefaultNgramLength,
        int skipLength = NgramHashingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramHashingEstimator.Defaults.UseAllLengths,
        uint seed = NgramHashingEstimator.Defaults.Seed,
        bool useOrderedHashing = NgramHashingEstimator.Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = NgramHashingEstimator.Defaults.MaximumNumberOfInverts) =>
        catalog.ProduceHashedWordBags(outputColumnName, [inputColumnName ?? outputColumnName], numberOfBits, ngramLength, skipLength, useAllLengths, seed,
            useOrderedHashing, maximumNumberOfInverts);

    /// <inheritdoc cref="ProduceHashedWordBags(TransformsCatalog.TextTransforms, string, string?, int, int, int, bool, uint, bool, int)"/>
    public static WordHashBagEstimator ProduceHashedWordBags(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string[] inputColumnNames,
        int numberOfBits = NgramHashingEstimator.Defaults.NumberOfBits,
        int ngramLength = WordHashBagEstimator.DefaultNgramLength,
        int skipLength = NgramHashingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramHashingEstimator.Defaults.UseAllLengths,
        uint seed = NgramHashingEstimator.Defaults.Seed,
        bool useOrderedHashing = NgramHashingEstimator.Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = NgramHashingEstimator.Defaults.MaximumNumberOfInverts) =>
        new(outputColumnName, inputColumnNames,
            new NgramHash(numberOfBits, NgramShape.Create(ngramLength, skipLength, useAllLengths), seed, useOrderedHashing, rehashUnigrams: false), maximumNumberOfInverts);
}
