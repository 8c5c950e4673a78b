using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// A transformer that adds columns computed from the same row. It says which columns it adds; reading, hiding of replaced
/// columns and computing only what is asked for are done here.
/// </summary>
public abstract class RowToRowTransformer : ITransformer, IModelStep
{
    public bool IsRowToRowMapper => true;

    public abstract string TypeId { get; }

    public virtual int Version => 1;

    /// <summary>
    /// The columns that it adds to a schema, in order. The sources of a column are indices into the output schema: input
    /// columns, which come first, or other columns that are added (not in a circle).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is needed is absent or of another type.</exception>
    protected abstract IReadOnlyList<OutputColumn> Bind(DataViewSchema input);

    public abstract void Save(ModelStepWriter writer);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => OutputSchema(inputSchema, Bind(inputSchema));

    public IDataView Transform(IDataView input)
    {
        var columns = Bind(input.Schema);
        return new MappedView(BatchView.Of(input), OutputSchema(input.Schema, columns), columns);
    }

    /// <summary>The column of a name, or an error that names the step and lists the columns that exist.</summary>
    protected DataViewSchema.Column Require(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"{TypeId}: column '{name}' not found. The columns are: {schema}.");

    /// <summary>The column of a name and type, or an error that says what was found and what was expected.</summary>
    protected DataViewSchema.Column Require(DataViewSchema schema, string name, DataViewType type)
    {
        var column = Require(schema, name);
        return column.Type.Equals(type) ? column
            : throw new ArgumentOutOfRangeException(nameof(name), $"{TypeId}: column '{name}' is {column.Type}, expected {type}.");
    }

    private static DataViewSchema OutputSchema(DataViewSchema input, IReadOnlyList<OutputColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        foreach (OutputColumn column in columns) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}

/// <summary>Computes one column over a run of rows; it owns the memory of its result and serves one reader.</summary>
/// <param name="rows">The columns of the output schema that are its sources.</param>
public delegate BatchColumn ColumnKernel(Batch rows);

/// <summary>A column that a transformer adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">What is known of it.</param>
/// <param name="Sources">The indices of the columns that it is computed from.</param>
/// <param name="CreateKernel">Makes the computation for one reader.</param>
public sealed record OutputColumn(
    string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, IReadOnlyList<int> Sources, Func<ColumnKernel> CreateKernel)
{
    /// <summary>How many rows to compute at once at most, where values are so large that a usual run of rows would not fit in memory.</summary>
    public int RowsAtOnce { get; init; } = int.MaxValue;
}
