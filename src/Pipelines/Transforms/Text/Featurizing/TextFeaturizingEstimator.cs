using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Turns text into numbers that trainers take: counts of the n-grams of its characters and of its words, each part scaled to a norm of 1,
/// as one sparse vector of <see cref="float"/>. By default letters become lower case and lose their diacritics, words end at spaces, and
/// single words and three characters in a row are counted. Several text columns count as one text. One pass over the data; memory
/// grows with the number of different n-grams.
/// </summary>
/// <remarks>
/// For languages that write no spaces between words, set <see cref="Options.Tokenizer"/> to a <see cref="UnicodeTokenizer"/>.
/// Slots are named <c>Char.a|b|c</c> and <c>Word.term</c>, in the order in which the n-grams first occur.
/// </remarks>
public sealed class TextFeaturizingEstimator : IEstimator<ITransformer>
{
    internal const string Id = "text-featurizing";

    private readonly TextFeaturizerPlan _plan;

    internal TextFeaturizingEstimator(string outputColumnName, IReadOnlyList<string> inputColumnNames, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? tokens = string.IsNullOrEmpty(options.OutputTokensColumnName) ? null : options.OutputTokensColumnName;
        var normalizer = new NormalizerSettings(options.CaseMode, options.KeepDiacritics, options.KeepPunctuations, options.KeepNumbers);
        ITextTokenizer tokenizer = options.Tokenizer ?? SeparatorTokenizer.AtSpaces;
        var analysis = new TextAnalysis([.. inputColumnNames], normalizer, tokenizer, StopWordsOf(options.StopWordsRemoverOptions)?.AsIn(normalizer, tokenizer));
        _plan = new TextFeaturizerPlan(Id, outputColumnName, analysis, options.WordFeatureExtractor, options.CharFeatureExtractor, NormOf(options.Norm), tokens);
    }

    public ITransformer Fit(IDataView input) => _plan.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    private static LpNormNormalizingEstimatorBase.NormFunction? NormOf(NormFunction norm) => norm switch
    {
        NormFunction.None => null,
        NormFunction.L1 => LpNormNormalizingEstimatorBase.NormFunction.L1,
        NormFunction.L2 => LpNormNormalizingEstimatorBase.NormFunction.L2,
        NormFunction.Infinity => LpNormNormalizingEstimatorBase.NormFunction.Infinity,
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "Expected None, L1, L2 or Infinity."),
    };

    private static StopWordSet? StopWordsOf(IStopWordsRemoverOptions? options) => options switch
    {
        null => null,
        CustomStopWordsRemovingEstimator.Options custom => new StopWordSet(custom.StopWords ?? []),
        StopWordsRemovingEstimator.Options common => StopWordLists.Of(common.Language),
        _ => throw new NotSupportedException($"Stop words of type {options.GetType()} are not supported; use StopWordsRemovingEstimator.Options or CustomStopWordsRemovingEstimator.Options."),
    };

    /// <summary>The language of a text, for <see cref="StopWordsRemovingEstimator.Options"/>; those from 8 on are not in ML.NET's enumeration.</summary>
    public enum Language
    {
        English = 1,
        French = 2,
        German = 3,
        Dutch = 4,
        Italian = 5,
        Spanish = 6,
        Japanese = 7,
        Danish = 8,
        Swedish = 9,
        Portuguese = 10,
        Portuguese_Brazilian = 11,
        Norwegian_Bokmal = 12,
        Russian = 13,
        Polish = 14,
        Czech = 15,
        Arabic = 16,
        Chinese = 17,
    }

    /// <summary>The norm that becomes 1.</summary>
    public enum NormFunction
    {
        /// <summary>Counts stay as they are.</summary>
        None = 0,

        /// <summary>The sum of magnitudes.</summary>
        L1 = 1,

        /// <summary>The square root of the sum of squares.</summary>
        L2 = 2,

        /// <summary>The largest magnitude.</summary>
        Infinity = 3,
    }

    /// <summary>What is done with the text, and which n-grams are counted.</summary>
    public sealed class Options
    {
        /// <summary>What happens to upper and lower case.</summary>
        public TextNormalizingEstimator.CaseMode CaseMode = TextNormalizingEstimator.Defaults.Mode;

        /// <summary>Whether letters keep their diacritical marks.</summary>
        public bool KeepDiacritics = TextNormalizingEstimator.Defaults.KeepDiacritics;

        /// <summary>Whether punctuation stays.</summary>
        public bool KeepPunctuations = TextNormalizingEstimator.Defaults.KeepPunctuations;

        /// <summary>Whether digits and other numbers stay.</summary>
        public bool KeepNumbers = TextNormalizingEstimator.Defaults.KeepNumbers;

        /// <summary>A column to put the words into; none when null.</summary>
        public string? OutputTokensColumnName;

        /// <summary>The norm that becomes 1, for the n-grams of characters and those of words each.</summary>
        public NormFunction Norm = NormFunction.L2;

        /// <summary>
        /// Which words are left out, <see cref="StopWordsRemovingEstimator.Options"/> or <see cref="CustomStopWordsRemovingEstimator.Options"/>; none
        /// when null. Words are compared as they are and as normalized text has them. Characters then are those of the words left.
        /// </summary>
        public IStopWordsRemoverOptions? StopWordsRemoverOptions { get; set; }

        /// <summary>The n-grams of words; <see langword="null"/> for none.</summary>
        public WordBagEstimator.Options? WordFeatureExtractor { get; set; } = new();

        /// <summary>The n-grams of characters; <see langword="null"/> for none.</summary>
        public WordBagEstimator.Options? CharFeatureExtractor { get; set; } = new() { NgramLength = 3, UseAllLengths = false };

        /// <summary>
        /// What cuts text into words, after <see cref="CaseMode"/> and the others: words end at spaces when null. The form that the
        /// tokenizer brings text to is also the one whose characters are counted.
        /// </summary>
        public ITextTokenizer? Tokenizer { get; set; }
    }
}
