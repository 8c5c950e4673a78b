using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Leaves out, or says, which rows equal one before them in some columns: the first of equal rows stays. Missing values equal each other. Nothing is
/// learned; while rows are read, the different ones are held in memory by the values of those columns.
/// </summary>
public sealed class DuplicateRowEstimator : IEstimator<DuplicateRowTransformer>
{
    private readonly string[] _columnNames;
    private readonly string? _outputColumnName;

    internal DuplicateRowEstimator(string[] columnNames, string? outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        foreach (string name in columnNames) ArgumentException.ThrowIfNullOrEmpty(name, nameof(columnNames));
        (_columnNames, _outputColumnName) = ([.. columnNames], outputColumnName);
    }

    public DuplicateRowTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new DuplicateRowTransformer(_columnNames, _outputColumnName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in _columnNames) inputSchema.Require(name, DuplicateRowTransformer.StepNameOf(_outputColumnName));
        return _outputColumnName is null ? inputSchema
            : inputSchema.With(new SchemaShape.Column(_outputColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
    }
}
