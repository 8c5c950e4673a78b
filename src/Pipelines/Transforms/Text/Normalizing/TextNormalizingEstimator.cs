using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Changes the case of text and leaves out diacritical marks, punctuation or numbers. Text stays text; of a vector of texts,
/// those that become empty are left out, so the result has varying length. Nothing is learned.
/// </summary>
public sealed class TextNormalizingEstimator : IEstimator<TextNormalizingTransformer>
{
    private readonly TextNormalizingTransformer _transformer;

    internal TextNormalizingEstimator(InputOutputColumnPair columns, NormalizerSettings settings) =>
        _transformer = new TextNormalizingTransformer(columns, settings);

    /// <summary>What happens to upper and lower case, by the rules of the invariant culture.</summary>
    public enum CaseMode
    {
        /// <summary>All letters become lower case.</summary>
        Lower = 0,

        /// <summary>All letters become upper case.</summary>
        Upper = 1,

        /// <summary>Case stays as it is.</summary>
        None = 2,
    }

    public TextNormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer.Copy();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = TextColumns.RequireText(inputSchema, _transformer.Columns.InputColumnName, _transformer.TypeId);
        var kind = column.Kind == SchemaShape.Column.VectorKind.Scalar ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.VariableVector;
        return inputSchema.With(new SchemaShape.Column(_transformer.Columns.OutputColumnName, kind, TextDataViewType.Instance, isKey: false));
    }

    internal static class Defaults
    {
        internal const CaseMode Mode = CaseMode.Lower;
        internal const bool KeepDiacritics = false;
        internal const bool KeepPunctuations = true;
        internal const bool KeepNumbers = true;
    }
}
