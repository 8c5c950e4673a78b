using MLPipelines.Transforms.Text;

namespace MLPipelines;

/// <summary>Estimators that turn text into words, characters, keys and features: <c>mlContext.Transforms.Text</c>.</summary>
public static partial class TextCatalog
{
    /// <summary>Changes case and leaves out diacritical marks, punctuation or numbers.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: text, or a vector of text of varying length.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="caseMode">What happens to upper and lower case.</param>
    /// <param name="keepDiacritics">Whether letters keep their diacritical marks.</param>
    /// <param name="keepPunctuations">Whether punctuation stays.</param>
    /// <param name="keepNumbers">Whether digits and other numbers stay.</param>
    public static TextNormalizingEstimator NormalizeText(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        TextNormalizingEstimator.CaseMode caseMode = TextNormalizingEstimator.Defaults.Mode,
        bool keepDiacritics = TextNormalizingEstimator.Defaults.KeepDiacritics,
        bool keepPunctuations = TextNormalizingEstimator.Defaults.KeepPunctuations,
        bool keepNumbers = TextNormalizingEstimator.Defaults.KeepNumbers) =>
        new(new InputOutputColumnPair(outputColumnName, inputColumnName), new NormalizerSettings(caseMode, keepDiacritics, keepPunctuations, keepNumbers));

    /// <summary>Cuts text into words at given characters.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of text of varying length.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="separators">The characters to cut at; a space when null.</param>
    public static WordTokenizingEstimator TokenizeIntoWords(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        char[]? separators = null) => new(outputColumnName, inputColumnName, new SeparatorTokenizer(separators));

    /// <summary>Cuts text into words with a tokenizer, such as <see cref="UnicodeTokenizer"/>, which works for every language.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of text of varying length.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="tokenizer">What cuts.</param>
    public static WordTokenizingEstimator TokenizeIntoWords(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName,
        ITextTokenizer tokenizer) => new(outputColumnName, inputColumnName, tokenizer);

    /// <summary>Cuts text into its UTF-16 characters, as keys.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of 16-bit keys of varying length.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="useMarkerCharacters">Whether U+0002 and U+0003 mark the beginning and the end.</param>
    public static TokenizingByCharactersEstimator TokenizeIntoCharactersAsKeys(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        bool useMarkerCharacters = TokenizingByCharactersEstimator.Defaults.UseMarkerCharacters) =>
        new(outputColumnName, inputColumnName, useMarkerCharacters);

    /// <summary>Learns the n-grams of key vectors and counts them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, one slot per n-gram.</param>
    /// <param name="inputColumnName">The column to read: a vector of keys; the output column when null.</param>
    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">How many keys may be left out within an n-gram; with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="maximumNgramsCount">The most n-grams of each length to learn; later ones are left out.</param>
    /// <param name="weighting">What the value of an n-gram is.</param>
    public static NgramExtractingEstimator ProduceNgrams(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int ngramLength = NgramExtractingEstimator.Defaults.NgramLength,
        int skipLength = NgramExtractingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramExtractingEstimator.Defaults.UseAllLengths,
        int maximumNgramsCount = NgramExtractingEstimator.Defaults.MaximumNgramsCount,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.Defaults.Weighting) =>
        new(outputColumnName, inputColumnName, ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting);

    /// <summary>Turns text into features with the default settings.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    public static TextFeaturizingEstimator FeaturizeText(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
        new(outputColumnName, [inputColumnName ?? outputColumnName], new TextFeaturizingEstimator.Options());

    /// <summary>Turns text into features.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>.</param>
    /// <param name="options">What is done with the text, and which n-grams are counted.</param>
    /// <param name="inputColumnNames">The columns to read, text or vectors of text, as one text; the output column when there are none.</param>
    public static TextFeaturizingEstimator FeaturizeText(this TransformsCatalog.TextTransforms catalog, string outputColumnName,
        TextFeaturizingEstimator.Options? options, params string[]? inputColumnNames) =>
        new(outputColumnName, inputColumnNames is { Length: > 0 } ? inputColumnNames : [outputColumnName], options ?? new TextFeaturizingEstimator.Options());

    /// <summary>Leaves given words out of vectors of words.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of text of varying length.</param>
    /// <param name="inputColumnName">The column to read: a vector of text; the output column when null.</param>
    /// <param name="stopwords">The words, in any case.</param>
    public static CustomStopWordsRemovingEstimator RemoveStopWords(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        params string[] stopwords) => new(new InputOutputColumnPair(outputColumnName, inputColumnName), stopwords);

    /// <summary>Leaves the most common words of a language out of vectors of words.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of text of varying length.</param>
    /// <param name="inputColumnName">The column to read: a vector of text; the output column when null.</param>
    /// <param name="language">The language of the words.</param>
    public static StopWordsRemovingEstimator RemoveDefaultStopWords(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        StopWordsRemovingEstimator.Language language = StopWordsRemovingEstimator.Language.English) =>
        new(new InputOutputColumnPair(outputColumnName, inputColumnName), language);

    /// <summary>Cuts text at spaces and counts the n-grams of the words.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, one slot per n-gram.</param>
    /// <param name="inputColumnName">The column to read: text or a vector of text; the output column when null.</param>
    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">How many words may be left out within an n-gram; with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="maximumNgramsCount">The most n-grams of each length to learn; later ones are left out.</param>
    /// <param name="weighting">What the value of an n-gram is.</param>
    public static WordBagEstimator ProduceWordBags(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int ngramLength = NgramExtractingEstimator.Defaults.NgramLength,
        int skipLength = NgramExtractingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramExtractingEstimator.Defaults.UseAllLengths,
        int maximumNgramsCount = NgramExtractingEstimator.Defaults.MaximumNgramsCount,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        catalog.ProduceWordBags(outputColumnName, [inputColumnName ?? outputColumnName], ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting);

    /// <summary>Counts the terms of text that lists them with their numbers, such as <c>apple:3,pear:1</c>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, one slot per term.</param>
    /// <param name="termSeparator">The character between entries.</param>
    /// <param name="freqSeparator">The character between a term and its number.</param>
    /// <param name="inputColumnName">The column to read: text; the output column when null.</param>
    /// <param name="maximumNgramsCount">The most terms to learn; later ones are left out.</param>
    public static WordBagEstimator ProduceWordBags(this TransformsCatalog.TextTransforms catalog, string outputColumnName, char termSeparator, char freqSeparator,
        string? inputColumnName = null, int maximumNgramsCount = NgramExtractingEstimator.Defaults.MaximumNgramsCount) =>
        new(outputColumnName, [inputColumnName ?? outputColumnName], new WeightedTermsTokenizer(termSeparator, freqSeparator),
            new WordBagEstimator.Options { NgramLength = 1, MaximumNgramsCount = [maximumNgramsCount] });

    /// <inheritdoc cref="ProduceWordBags(TransformsCatalog.TextTransforms, string, string?, int, int, bool, int, NgramExtractingEstimator.WeightingCriteria)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns to read, text or vectors of text, as one text.</param>
    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">How many words may be left out within an n-gram; with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="maximumNgramsCount">The most n-grams of each length to learn.</param>
    /// <param name="weighting">What the value of an n-gram is.</param>
    public static WordBagEstimator ProduceWordBags(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string[] inputColumnNames,
        int ngramLength = NgramExtractingEstimator.Defaults.NgramLength,
        int skipLength = NgramExtractingEstimator.Defaults.SkipLength,
        bool useAllLengths = NgramExtractingEstimator.Defaults.UseAllLengths,
        int maximumNgramsCount = NgramExtractingEstimator.Defaults.MaximumNgramsCount,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(outputColumnName, inputColumnNames, SeparatorTokenizer.AtSpaces, new WordBagEstimator.Options
        {
            NgramLength = ngramLength, SkipLength = skipLength, UseAllLengths = useAllLengths, MaximumNgramsCount = [maximumNgramsCount], Weighting = weighting,
        });
}
