namespace MLPipelines.Transforms.Text;

/// <summary>Which words to leave out of text.</summary>
public interface IStopWordsRemoverOptions { }

/// <summary>Leaves given words out of a vector of words, whatever their case, and empty words too. Nothing is learned.</summary>
public sealed class CustomStopWordsRemovingEstimator : IEstimator<CustomStopWordsRemovingTransformer>
{
    private readonly StopWordsRemoval _removal;

    internal CustomStopWordsRemovingEstimator(InputOutputColumnPair columns, string[] stopwords) =>
        _removal = new StopWordsRemoval(CustomStopWordsRemovingTransformer.StepName, columns, new StopWordSet(stopwords));

    public CustomStopWordsRemovingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new CustomStopWordsRemovingTransformer(_removal);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _removal.GetOutputSchema(inputSchema);

    /// <summary>The words to leave out.</summary>
    public sealed class Options : IStopWordsRemoverOptions
    {
        public string[]? StopWords;
    }
}

/// <summary>Leaves words out, as <see cref="CustomStopWordsRemovingEstimator"/> was told to.</summary>
public sealed class CustomStopWordsRemovingTransformer : RowToRowTransformer
{
    internal const string StepName = "custom-stop-words-removing";

    private readonly StopWordsRemoval _removal;

    internal CustomStopWordsRemovingTransformer(StopWordsRemoval removal) => _removal = removal;

    public override string TypeId => StepName;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) => [_removal.Bind(input)];

    public override void Save(ModelStepWriter writer) => _removal.Save(writer);

    internal static CustomStopWordsRemovingTransformer Load(ModelStepReader reader) => new(StopWordsRemoval.Load(StepName, reader));
}
