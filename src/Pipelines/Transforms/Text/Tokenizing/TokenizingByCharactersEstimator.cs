using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text into its UTF-16 characters, as keys: a vector of varying length. A vector of texts becomes one sequence, with U+001F
/// between its texts. Nothing is learned.
/// </summary>
public sealed class TokenizingByCharactersEstimator : IEstimator<TokenizingByCharactersTransformer>
{
    private readonly TokenizingByCharactersTransformer _transformer;

    internal TokenizingByCharactersEstimator(string outputColumnName, string? inputColumnName, bool useMarkerCharacters) =>
        _transformer = new TokenizingByCharactersTransformer(new InputOutputColumnPair(outputColumnName, inputColumnName), useMarkerCharacters);

    public TokenizingByCharactersTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer.Copy();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = TextColumns.RequireText(inputSchema, _transformer.Columns.InputColumnName, _transformer.TypeId);
        var annotations = new SchemaShape(column.Annotations.Where(a => a.Name == AnnotationKinds.SlotNames)
            .Append(new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)));
        return inputSchema.With(new SchemaShape.Column(
            _transformer.Columns.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt16, isKey: true, annotations));
    }

    internal static class Defaults
    {
        internal const bool UseMarkerCharacters = true;
    }
}
