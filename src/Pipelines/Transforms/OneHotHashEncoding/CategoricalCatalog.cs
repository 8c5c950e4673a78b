using MLPipelines.Transforms;
using static MLPipelines.Transforms.OneHotHashEncodingEstimator;

namespace MLPipelines;

public static partial class CategoricalCatalog
{
    /// <summary>Hashes categories and makes a vector with one slot per hash.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of categories; the output's name when left out.</param>
    /// <param name="outputKind">What is made of a category.</param>
    /// <param name="numberOfBits">How many bits of the hash are kept: there are 2 to the power of it slots.</param>
    /// <param name="seed">What the hash starts with.</param>
    /// <param name="useOrderedHashing">Whether the slot that a category is in takes part in its hash.</param>
    /// <param name="maximumNumberOfInverts">How many categories a slot is named after: 0 for none, -1 for all.</param>
    public static OneHotHashEncodingEstimator OneHotHashEncoding(this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName, string? inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int numberOfBits = Defaults.NumberOfBits, uint seed = Defaults.Seed, bool useOrderedHashing = Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = Defaults.MaximumNumberOfInverts) =>
        catalog.OneHotHashEncoding([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputKind, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts);

    /// <inheritdoc cref="OneHotHashEncoding(TransformsCatalog.CategoricalTransforms, string, string?, OneHotEncodingEstimator.OutputKind, int, uint, bool, int)"/>
    public static OneHotHashEncodingEstimator OneHotHashEncoding(this TransformsCatalog.CategoricalTransforms catalog, InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int numberOfBits = Defaults.NumberOfBits, uint seed = Defaults.Seed, bool useOrderedHashing = Defaults.UseOrderedHashing,
        int maximumNumberOfInverts = Defaults.MaximumNumberOfInverts)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new OneHotHashEncodingEstimator(catalog.Environment, Array.ConvertAll(columns, pair =>
            new HashingEstimator.ColumnOptions(pair.OutputColumnName, pair.InputColumnName, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts)), outputKind);
    }
}
