using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Keeps some columns or leaves some out; see <see cref="ColumnSelectingEstimator"/>.</summary>
public sealed class ColumnSelectingTransformer : ITransformer, IModelStep
{
    internal const string TypeName = "select-columns";

    private readonly string[] _columnNames;
    private readonly bool _isDrop;
    private readonly bool _keepHidden;

    /// <param name="columnNames">The columns.</param>
    /// <param name="isDrop">Whether they are the ones left out, rather than those kept.</param>
    /// <param name="keepHidden">Whether columns that another one of the same name hides are kept too.</param>
    internal ColumnSelectingTransformer(string[] columnNames, bool isDrop, bool keepHidden) =>
        (_columnNames, _isDrop, _keepHidden) = (columnNames, isDrop, keepHidden);

    /// <summary>Whether names that no column has are passed over.</summary>
    internal bool IgnoresMissing { get; init; }

    /// <summary>The columns left out; <see langword="null"/> where the step says which are kept.</summary>
    internal IReadOnlyList<string>? Dropped => _isDrop ? _columnNames : null;

    public bool IsRowToRowMapper => true;

    public string TypeId => TypeName;

    public int Version => 1;

    /// <summary>What the step is called where it is put into a chain.</summary>
    internal static string StepNameOf(bool isDrop) => isDrop ? "DropColumns" : "SelectColumns";

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return SchemaOf(inputSchema, SourcesIn(inputSchema));
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int[] sources = SourcesIn(input.Schema);
        return new SelectedColumnsView(BatchView.Of(input), SchemaOf(input.Schema, sources), sources);
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("columns", _columnNames);
        writer.Set("drop", _isDrop);
        writer.Set("keepHidden", _keepHidden);
        if (IgnoresMissing) writer.Set("ignoreMissing", value: true);
    }

    internal static ColumnSelectingTransformer Load(ModelStepReader reader) =>
        new([.. reader.GetStrings("columns")], reader.GetBoolean("drop"), reader.GetBoolean("keepHidden")) { IgnoresMissing = reader.Has("ignoreMissing") && reader.GetBoolean("ignoreMissing") };

    private int[] SourcesIn(DataViewSchema schema)
    {
        foreach (string name in _columnNames)
        {
            if (!IgnoresMissing && schema.GetColumnOrNull(name) is null)
                throw new ArgumentOutOfRangeException(nameof(schema), $"{StepNameOf(_isDrop)}: column '{name}' not found. The columns are: {schema}.");
        }
        var candidates = schema.Where(column => _keepHidden || !column.IsHidden);
        return _isDrop
            ? [.. candidates.Where(column => !_columnNames.Contains(column.Name, StringComparer.Ordinal)).Select(column => column.Index)]
            : [.. _columnNames.SelectMany(name => candidates.Where(column => column.Name == name)).Select(column => column.Index)];
    }

    private static DataViewSchema SchemaOf(DataViewSchema input, int[] sources)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(sources.Select(index => input[index]));
        return builder.ToSchema();
    }
}

/// <summary>A view of some of the columns of another, in another order.</summary>
internal sealed class SelectedColumnsView(BatchView source, DataViewSchema schema, int[] sources) : BatchView
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => source.GetRowCount();

    internal override int RowsAtOnce => source.RowsAtOnce;

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int[] wanted = [.. columns.Indices()];
        return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, wanted.Select(i => sources[i]))), wanted, sources);
    }

    private sealed class Cursor(BatchCursor source, int[] wanted, int[] sources) : BatchCursor
    {
        private readonly Batch _output = new(sources.Length);

        public override Batch? Next()
        {
            if (source.Next() is not { } input) return null;
            foreach (int index in wanted) _output[index] = input[sources[index]];
            (_output.RowCount, _output.FirstRow) = (input.RowCount, input.FirstRow);
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
