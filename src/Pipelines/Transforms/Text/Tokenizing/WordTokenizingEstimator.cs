using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text into words: a vector of text of varying length. A vector of texts becomes the words of all of them, in order.
/// Nothing is learned.
/// </summary>
public sealed class WordTokenizingEstimator : IEstimator<WordTokenizingTransformer>
{
    private readonly WordTokenizingTransformer _transformer;

    internal WordTokenizingEstimator(string outputColumnName, string? inputColumnName, ITextTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _transformer = new WordTokenizingTransformer(new InputOutputColumnPair(outputColumnName, inputColumnName), tokenizer);
    }

    public WordTokenizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer.Copy();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        TextColumns.RequireText(inputSchema, _transformer.Columns.InputColumnName, _transformer.TypeId);
        return inputSchema.With(new SchemaShape.Column(
            _transformer.Columns.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false));
    }
}
