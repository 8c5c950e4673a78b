using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>Which rows of a view have the same value in a column.</summary>
internal static class RowGroups
{
    /// <summary>The group of each row, numbered by first appearance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or a vector.</exception>
    internal static int[] Read(BatchView view, DataViewSchema.Column column)
    {
        Grouper grouper = RawTypes.Dispatch((PrimitiveDataViewType)column.Type, new Factory());
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, column.Index));
        while (cursor.Next() is { } batch) grouper.Add(batch[column.Index]);
        return [.. grouper.Groups];
    }

    /// <summary>The column that rows are grouped by.</summary>
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string parameter)
    {
        var column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(parameter, $"Column '{name}' not found. The columns are: {schema}.");
        return column.Type is PrimitiveDataViewType ? column
            : throw new ArgumentOutOfRangeException(parameter, $"Column '{name}' is {column.Type}, expected one value per row.");
    }

    private abstract class Grouper
    {
        internal List<int> Groups { get; } = [];

        internal abstract void Add(BatchColumn column);
    }

    private sealed class Factory : RawTypes.IVisitor<Grouper>
    {
        public Grouper Visit<T>() => typeof(T) == typeof(ReadOnlyMemory<char>) ? new TextGrouper() : new ValueGrouper<T>();
    }

    private sealed class ValueGrouper<T> : Grouper
    {
        // A tuple, since a dictionary key must not be null as far as the compiler knows.
        private readonly Dictionary<ValueTuple<T>, int> _known = [];

        internal override void Add(BatchColumn column)
        {
            foreach (T value in ((ValueColumn<T>)column).Values)
            {
                ref int group = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, new ValueTuple<T>(value), out bool exists);
                if (!exists) group = _known.Count - 1;
                Groups.Add(group);
            }
        }
    }

    private sealed class TextGrouper : Grouper
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        internal override void Add(BatchColumn column)
        {
            var texts = (TextColumn)column;
            var bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
            for (int row = 0; row < texts.RowCount; row++)
            {
                if (!bySpan.TryGetValue(texts[row], out int group)) bySpan[texts[row]] = group = _known.Count;
                Groups.Add(group);
            }
        }
    }
}
