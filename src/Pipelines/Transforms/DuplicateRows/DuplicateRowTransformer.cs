using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Leaves out rows that were there before, or says which ones were; see <see cref="DuplicateRowEstimator"/>. What becomes of a row depends on
/// the rows before it, so that a prediction engine cannot use it: it is a step of preparing data.
/// </summary>
public sealed class DuplicateRowTransformer : ITransformer, IModelStep
{
    internal const string StepName = "duplicate-rows";

    private readonly string[] _columnNames;
    private readonly string? _outputColumnName;

    /// <param name="columnNames">The columns that make rows equal; none for all.</param>
    /// <param name="outputColumnName">The column that says which rows were there before; <see langword="null"/> to leave them out.</param>
    internal DuplicateRowTransformer(string[] columnNames, string? outputColumnName) => (_columnNames, _outputColumnName) = (columnNames, outputColumnName);

    public bool IsRowToRowMapper => false;

    public string TypeId => StepName;

    public int Version => 1;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Sources(inputSchema);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        if (_outputColumnName is not null) builder.AddColumn(_outputColumnName, BooleanDataViewType.Instance);
        return builder.ToSchema();
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema schema = input.Schema;
        int[] sources = Sources(schema);
        if (_outputColumnName is null) return new RowSelectionView(BatchView.Of(input), () => CreateSelector(schema, sources), sources);
        var indicator = new OutputColumn(_outputColumnName, BooleanDataViewType.Instance, null, sources, () => CreateIndicator(schema, sources));
        return new MappedView(BatchView.Of(input), GetOutputSchema(schema), [indicator]);
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("columns", _columnNames);
        writer.Set("output", _outputColumnName);
    }

    internal static DuplicateRowTransformer Load(ModelStepReader reader) => new([.. reader.GetStrings("columns")], reader.GetStringOrNull("output"));

    internal static string StepNameOf(string? outputColumnName) => outputColumnName is null ? "RemoveDuplicateRows" : "IndicateDuplicateRows";

    private int[] Sources(DataViewSchema schema) => _columnNames.Length == 0 ? [.. schema.Where(column => !column.IsHidden).Select(column => column.Index)]
        : Array.ConvertAll(_columnNames, name => schema.GetColumnOrNull(name)?.Index
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{StepNameOf(_outputColumnName)}: column '{name}' not found. The columns are: {schema}."));

    private static RowSelector CreateSelector(DataViewSchema schema, int[] sources)
    {
        var seen = new RowKeySet(schema, sources);
        return (batch, selected) =>
        {
            for (int row = 0; row < batch.RowCount; row++)
                if (seen.Add(batch, row)) selected.Add(row);
            return true;
        };
    }

    private static ColumnKernel CreateIndicator(DataViewSchema schema, int[] sources)
    {
        var seen = new RowKeySet(schema, sources);
        var result = new ValueColumn<bool>();
        return batch =>
        {
            Span<bool> values = result.Resize(batch.RowCount);
            for (int row = 0; row < values.Length; row++) values[row] = !seen.Add(batch, row);
            return result;
        };
    }
}
