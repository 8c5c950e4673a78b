namespace MLPipelines.Transforms;

/// <summary>Keeps some columns, in the order given, or leaves some out. Nothing is learned.</summary>
public sealed class ColumnSelectingEstimator : IEstimator<ColumnSelectingTransformer>
{
    private readonly string[] _columnNames;
    private readonly bool _isDrop;
    private readonly bool _keepHidden;

    internal ColumnSelectingEstimator(string[] columnNames, bool isDrop, bool keepHidden)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        foreach (string name in columnNames) ArgumentException.ThrowIfNullOrEmpty(name, nameof(columnNames));
        (_columnNames, _isDrop, _keepHidden) = ([.. columnNames.Distinct(StringComparer.Ordinal)], isDrop, keepHidden);
    }

    public ColumnSelectingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new ColumnSelectingTransformer(_columnNames, _isDrop, _keepHidden);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] named = Array.ConvertAll(_columnNames, name => inputSchema.Require(name, ColumnSelectingTransformer.StepNameOf(_isDrop)));
        return new SchemaShape(_isDrop ? inputSchema.Where(column => !_columnNames.Contains(column.Name, StringComparer.Ordinal)) : named);
    }
}
