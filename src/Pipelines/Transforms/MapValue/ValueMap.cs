using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A table of values and of what is put in their place. Immutable.</summary>
internal sealed class ValueMap
{
    private ValueMap(KeyMap keys, ValueTable values) => (Keys, Values) = (keys, values);

    /// <summary>Which row of the table each value has, counted from 1.</summary>
    internal KeyMap Keys { get; }

    internal ValueTable Values { get; }

    /// <summary>The column of new values; its name does not matter.</summary>
    internal SchemaShape.Column Shape => SchemaShape.Column.Of(Values.Column);

    internal static ValueMap Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool treatValuesAsKeyType)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        KeyValuePair<TKey, TValue>[] rows = [.. pairs];
        Cell<TKey> keyCell = CellOf<TKey>("key");
        if (keyCell.IsVector) throw new ArgumentException($"MapValue: {DotNetNames.Of(typeof(TKey))} is a vector; only single values can be looked up.", nameof(pairs));
        BatchColumn keys = BatchColumn.Create(keyCell.ItemType);
        foreach (var (key, _) in rows) keyCell.Append(key, keys);
        var values = treatValuesAsKeyType ? ValueTable.OfCategories(Array.ConvertAll(rows, row => row.Value)) : ValueTable.Of(Array.ConvertAll(rows, row => row.Value));
        return new ValueMap(Index(keyCell.ItemType, keys), values);
    }

    internal static ValueMap Of(BatchView view, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn, bool absentIsZero = false)
    {
        if (keyColumn.Type is not PrimitiveDataViewType type) throw ColumnTypeException.Create("MapValue", keyColumn, "a scalar: only single values can be looked up");
        BatchColumn[] columns = view.ReadColumns(view.Schema[keyColumn.Name].Index, view.Schema[valueColumn.Name].Index);
        return new ValueMap(Index(type, columns[0]), ValueTable.Of(valueColumn, columns[1], absentIsZero));
    }

    internal void Save(ModelStepWriter writer)
    {
        Keys.Values.Save(writer.Section("keys"));
        Values.Save(writer.Section("values"));
    }

    internal static ValueMap Load(ModelStepReader reader)
    {
        KeyMap keys = KeyMap.Of(KeyValues.Load(reader.Section("keys")));
        ValueTable values = ValueTable.Load(reader.Section("values"));
        return values.RowCount == keys.Count ? new ValueMap(keys, values) : throw reader.Invalid($"{keys.Count} keys and {values.RowCount} values");
    }

    internal static Cell<T> CellOf<T>(string what) => (Cell<T>?)Cell.Create(typeof(T), what)
        ?? throw new ArgumentException($"MapValue: a {what} of type {DotNetNames.Of(typeof(T))} cannot be held by a column.");

    private static KeyMap Index(PrimitiveDataViewType type, BatchColumn column)
    {
        KeyValues values = ColumnItems.Of(type, column);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < values.Count; row++)
        {
            if (!seen.Add(values.TextOf(row)))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"MapValue: row {row} of the table has '{values.TextOf(row)}' a second time; each value can be replaced by one only."));
        }
        return KeyMap.Of(values);
    }
}
