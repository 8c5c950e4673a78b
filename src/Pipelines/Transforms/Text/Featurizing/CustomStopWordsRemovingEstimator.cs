using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Which words to leave out of text.</summary>
public interface IStopWordsRemoverOptions { }

/// <summary>Leaves given words out of a vector of words, whatever their case, and empty words too. Nothing is learned.</summary>
public sealed class CustomStopWordsRemovingEstimator : IEstimator<CustomStopWordsRemovingTransformer>
{
    private readonly CustomStopWordsRemovingTransformer _transformer;

    internal CustomStopWordsRemovingEstimator(InputOutputColumnPair columns, string[] stopwords) =>
        _transformer = new CustomStopWordsRemovingTransformer(columns, new StopWordSet(stopwords));

    public CustomStopWordsRemovingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer.Copy();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        InputOutputColumnPair columns = _transformer.Columns;
        SchemaShape.Column column = TextColumns.RequireText(inputSchema, columns.InputColumnName, _transformer.TypeId);
        if (column.Kind == SchemaShape.Column.VectorKind.Scalar)
            throw ColumnTypeException.Create(_transformer.TypeId, column, CustomStopWordsRemovingTransformer.Expected);
        return inputSchema.With(new SchemaShape.Column(columns.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false));
    }

    /// <summary>The words to leave out.</summary>
    public sealed class Options : IStopWordsRemoverOptions
    {
        public string[]? StopWords;
    }
}

/// <summary>Leaves words out, as <see cref="CustomStopWordsRemovingEstimator"/> was told to.</summary>
public sealed class CustomStopWordsRemovingTransformer : RowToRowTransformer
{
    internal const string Expected = "a vector of String (TokenizeIntoWords makes one)";

    private readonly StopWordSet _stopWords;

    internal CustomStopWordsRemovingTransformer(InputOutputColumnPair columns, StopWordSet stopWords) => (Columns, _stopWords) = (columns, stopWords);

    public override string TypeId => "custom-stop-words-removing";

    internal InputOutputColumnPair Columns { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumns.RequireText(input, Columns.InputColumnName, TypeId);
        return source.Type is VectorDataViewType
            ? [new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(TextDataViewType.Instance), null, [source.Index], () => Remove(source.Index))]
            : throw ColumnTypeException.Create(TypeId, source, Expected);
    }

    private ColumnKernel Remove(int source)
    {
        var result = new TextVectorColumn(0);
        return batch =>
        {
            var words = (TextVectorColumn)batch[source];
            result.Clear();
            for (int row = 0; row < words.RowCount; row++)
            {
                for (int item = 0; item < words.LengthOf(row); item++)
                    if (words[row, item] is { IsEmpty: false } word && !_stopWords.Contains(word)) result.AppendItem(word);
                result.EndRow();
            }
            return result;
        };
    }

    internal CustomStopWordsRemovingTransformer Copy() => (CustomStopWordsRemovingTransformer)MemberwiseClone();

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        writer.WriteTexts("stop-words", _stopWords.ToArray());
    }

    internal static CustomStopWordsRemovingTransformer Load(ModelStepReader reader) =>
        new(TextColumns.LoadPair(reader), new StopWordSet(reader.ReadTexts("stop-words")));
}
