using System.Collections.Immutable;
using System.Diagnostics;

namespace MLPipelines.Data;

/// <summary>The first rows of a view in memory, by row and by column, to look at.</summary>
public sealed class DataDebuggerPreview
{
    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        Schema = data.Schema;
        var columns = new List<object>[Schema.Count];
        for (int i = 0; i < columns.Length; i++) columns[i] = [];
        var rows = ImmutableArray.CreateBuilder<RowInfo>();
        if (maxRows > 0)
        {
            using DataViewRowCursor cursor = data.GetRowCursorForAllColumns();
            Func<object>[] getters = [.. Schema.Select(column => RawTypes.DispatchColumn(column.Type, new BoxedGetter(cursor, column)))];
            while (rows.Count < maxRows && cursor.MoveNext())
            {
                var values = new KeyValuePair<string, object>[getters.Length];
                for (int i = 0; i < getters.Length; i++)
                {
                    values[i] = new(Schema[i].Name, getters[i]());
                    columns[i].Add(values[i].Value);
                }
                rows.Add(new RowInfo(values));
            }
        }
        RowView = rows.ToImmutable();
        ColumnView = [.. columns.Select((values, i) => new ColumnInfo(Schema[i], [.. values]))];
    }

    public DataViewSchema Schema { get; }

    /// <summary>The values, column by column.</summary>
    public ImmutableArray<ColumnInfo> ColumnView { get; }

    /// <summary>The values, row by row.</summary>
    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

    /// <summary>One row: its values with the names of their columns.</summary>
    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

        [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
        public KeyValuePair<string, object>[] Values { get; }

        public override string ToString() => $"{Values.Length} columns";
    }

    /// <summary>One column: its values in row order.</summary>
    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values) => (Column, Values) = (column, values);

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }

        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }

    private sealed class BoxedGetter(DataViewRow row, DataViewSchema.Column column) : RawTypes.IVisitor<Func<object>>
    {
        public Func<object> Visit<T>() => column.Type is VectorDataViewType ? Get<VBuffer<T>>() : Get<T>();

        private Func<object> Get<T>()
        {
            var getter = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                getter(ref value);
                return value!;
            };
        }
    }
}
