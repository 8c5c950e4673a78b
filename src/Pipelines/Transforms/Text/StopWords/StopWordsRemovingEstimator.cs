namespace MLPipelines.Transforms.Text;

/// <summary>
/// Leaves the most common words of a language (articles, pronouns, prepositions, conjunctions, auxiliary verbs) out of a vector
/// of words, whatever their case, and empty words too. Nothing is learned.
/// </summary>
/// <remarks>
/// The lists are the library's own and short, some 150 to 270 words a language; they are not those of ML.NET. Each word also counts without
/// its diacritical marks, as NormalizeText leaves it. Languages that write no spaces between words (Chinese, Japanese)
/// need text that was cut into words by other means; of the single characters that <see cref="UnicodeTokenizer"/> gives, the
/// particles are in the lists.
/// </remarks>
public sealed class StopWordsRemovingEstimator : IEstimator<StopWordsRemovingTransformer>
{
    private readonly StopWordsRemoval _removal;

    internal StopWordsRemovingEstimator(InputOutputColumnPair columns, Language language) =>
        _removal = new StopWordsRemoval(StopWordsRemovingTransformer.StepName, columns, StopWordLists.Of(language));

    public StopWordsRemovingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new StopWordsRemovingTransformer(_removal);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _removal.GetOutputSchema(inputSchema);

    /// <summary>The language of the words; all but Chinese are those of ML.NET.</summary>
    public enum Language
    {
        English = 0,
        French = 1,
        German = 2,
        Dutch = 3,
        Danish = 4,
        Swedish = 5,
        Italian = 6,
        Spanish = 7,
        Portuguese = 8,
        Portuguese_Brazilian = 9,
        Norwegian_Bokmal = 10,
        Russian = 11,
        Polish = 12,
        Czech = 13,
        Arabic = 14,
        Japanese = 15,
        Chinese = 16,
    }

    /// <summary>For <see cref="TextFeaturizingEstimator.Options.StopWordsRemoverOptions"/>: the common words of a language.</summary>
    public sealed class Options : IStopWordsRemoverOptions
    {
        /// <summary>The language of the text.</summary>
        public TextFeaturizingEstimator.Language Language = TextFeaturizingEstimator.Language.English;
    }
}

/// <summary>Leaves words out, as <see cref="StopWordsRemovingEstimator"/> was told to.</summary>
public sealed class StopWordsRemovingTransformer : RowToRowTransformer
{
    internal const string StepName = "stop-words-removing";

    private readonly StopWordsRemoval _removal;

    internal StopWordsRemovingTransformer(StopWordsRemoval removal) => _removal = removal;

    public override string TypeId => StepName;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) => [_removal.Bind(input)];

    public override void Save(ModelStepWriter writer) => _removal.Save(writer);

    internal static StopWordsRemovingTransformer Load(ModelStepReader reader) => new(StopWordsRemoval.Load(StepName, reader));
}
