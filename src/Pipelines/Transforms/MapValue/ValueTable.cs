using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A column of new values in memory, and what is known of it. Immutable.</summary>
internal sealed class ValueTable
{
    private readonly KeyValues _items;
    private readonly int[] _lengths;
    private readonly BatchColumn _rows;

    private readonly bool _absentIsZero;

    private ValueTable(DataViewType type, DataViewSchema.Annotations annotations, KeyValues items, int[] lengths, bool absentIsZero = false)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Value", type, annotations);
        (Column, _items, _lengths, _absentIsZero) = (schema.ToSchema()[0], items, lengths, absentIsZero);
        _rows = ColumnItems.ToColumn(type, items, lengths);
        // The last row is for what is not in the table.
        if (absentIsZero && _rows is ValueColumn<float> singles) singles.Append(0);
        else if (absentIsZero && _rows is ValueColumn<double> doubles) doubles.Append(0);
        else _rows.AppendMissing();
    }

    private ValueTable(DataViewType type, DataViewSchema.Annotations annotations, BatchColumn rows, bool absentIsZero = false)
        : this(type, annotations, ColumnItems.Of(RawTypes.ItemTypeOf(type), rows), ColumnItems.LengthsOf(RawTypes.ItemTypeOf(type), rows), absentIsZero) { }

    /// <summary>The column; its name does not matter.</summary>
    internal DataViewSchema.Column Column { get; }

    internal int RowCount => _lengths.Length;

    internal static ValueTable Of<T>(T[] values)
    {
        Cell<T> cell = ValueMap.CellOf<T>("value");
        BatchColumn rows = Fill(cell, cell.IsVector ? new VectorDataViewType(cell.ItemType) : cell.ItemType, values);
        if (!cell.IsVector) return new ValueTable(cell.ItemType, DataViewSchema.Annotations.Empty, rows);
        int[] lengths = [.. ColumnItems.LengthsOf(cell.ItemType, rows).Distinct()];
        return new ValueTable(new VectorDataViewType(cell.ItemType, lengths is [var size] ? size : 0), DataViewSchema.Annotations.Empty, rows);
    }

    /// <summary>Categories: whole numbers are the keys themselves, other values are numbered in the order that they are in.</summary>
    internal static ValueTable OfCategories<T>(T[] values)
    {
        Cell<T> cell = ValueMap.CellOf<T>("value");
        if (cell.IsVector) throw new ArgumentException($"MapValue: {DotNetNames.Of(typeof(T))} is a vector, which cannot be treated as a key.", nameof(values));
        string[] texts = TextsOf(ColumnItems.Of(cell.ItemType, Fill(cell, cell.ItemType, values)));
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal)];
        if (typeof(T) == typeof(uint) || typeof(T) == typeof(ulong))
        {
            ulong most = texts.Select(text => ulong.Parse(text, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
            // Only where all keys are used is it known what each stands for.
            bool isNamed = most <= (ulong)distinct.Length;
            string[] names = [.. Enumerable.Range(1, isNamed ? (int)most : 0).Select(key => key.ToString(CultureInfo.InvariantCulture))];
            return new ValueTable(new KeyDataViewType(typeof(T), Math.Max(1, most)), names.Length > 0 ? Meanings(names) : DataViewSchema.Annotations.Empty, Fill(cell, cell.ItemType, values));
        }
        var numbers = distinct.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => (uint)pair.i + 1, StringComparer.Ordinal);
        var keys = new ValueColumn<uint>();
        foreach (string text in texts) keys.Append(numbers[text]);
        return new ValueTable(new KeyDataViewType(typeof(uint), Math.Max(1, distinct.Length)), distinct.Length > 0 ? Meanings(distinct) : DataViewSchema.Annotations.Empty, keys);
    }

    /// <param name="column">The column.</param>
    /// <param name="rows">Its values.</param>
    /// <param name="absentIsZero">Whether the number for a value that is not in the table is 0, as in ML.NET; otherwise NaN.</param>
    internal static ValueTable Of(DataViewSchema.Column column, BatchColumn rows, bool absentIsZero = false)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(column.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.KeyValues);
        return new ValueTable(column.Type, annotations.ToAnnotations(), rows, absentIsZero);
    }

    /// <summary>Looks rows up, of which the first is 1 and one that is not there is 0.</summary>
    internal ColumnKernel CreateKernel(ColumnKernel rowNumbers, int vectorSize) =>
        RawTypes.Dispatch(_items.Type, new ValueLookup(_rows, rowNumbers, vectorSize));

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("column", DataViewTypeNames.Format(Column.Type));
        _items.Save(writer);
        writer.WriteArray<int>("lengths", _lengths, _lengths.Length);
        if (_absentIsZero) writer.Set("absentIsZero", value: true);
        writer.Set("hasSlotNames", Column.HasSlotNames());
        if (Column.SlotNamesOrNull() is { } names) writer.WriteTexts("slot-names", names);
        KeyValues? meanings = KeyValues.Of(Column);
        writer.Set("hasKeyValues", meanings is not null);
        meanings?.Save(writer.Section("key-values"));
    }

    internal static ValueTable Load(ModelStepReader reader)
    {
        DataViewType type = DataViewTypeNames.Parse(reader.GetString("column"));
        KeyValues items = KeyValues.Load(reader);
        int[] lengths = reader.ReadArray<int>("lengths", -1);
        int size = type is VectorDataViewType vector ? vector.Size : 1;
        bool fits = Array.TrueForAll(lengths, length => length >= 0 && (size == 0 || length == size)) && items.Type.Equals(RawTypes.ItemTypeOf(type))
            && lengths.Sum(length => (long)length) == items.Count;
        if (!fits) throw reader.Invalid("the items of its table do not fit its type");
        var annotations = new DataViewSchema.Annotations.Builder();
        if (reader.GetBoolean("hasSlotNames")) annotations.AddSlotNames(size, ColumnAnnotations.TextValues(reader.ReadTexts("slot-names")));
        if (reader.GetBoolean("hasKeyValues")) KeyValues.Load(reader.Section("key-values")).Annotate(annotations, AnnotationKinds.KeyValues);
        return new ValueTable(type, annotations.ToAnnotations(), items, lengths, reader.Has("absentIsZero") && reader.GetBoolean("absentIsZero"));
    }

    private static DataViewSchema.Annotations Meanings(string[] texts) =>
        new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, Array.ConvertAll(texts, text => text.AsMemory())).ToAnnotations();

    private static string[] TextsOf(KeyValues values) => [.. Enumerable.Range(0, values.Count).Select(values.TextOf)];

    private static BatchColumn Fill<T>(Cell<T> cell, DataViewType type, T[] values)
    {
        BatchColumn rows = BatchColumn.Create(type);
        foreach (T value in values) cell.Append(value, rows);
        return rows;
    }
}
