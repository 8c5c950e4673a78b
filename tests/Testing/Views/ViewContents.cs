using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Testing;

/// <summary>What a view holds, as text that is equal only where every bit of the values is equal.</summary>
public static class ViewContents
{
    /// <summary>The columns that are not hidden, by name; one text per row.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(IDataView view)
    {
        var contents = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        DataViewSchema.Column[] columns = [.. view.Schema.Where(column => !column.IsHidden)];
        List<string>[] rows = Array.ConvertAll(columns, _ => new List<string>());
        using DataViewRowCursor cursor = view.GetRowCursor(columns, rand: null);
        Func<string>[] cells = Array.ConvertAll(columns, column => RawTypes.DispatchColumn(column.Type, new Cell(cursor, column)));
        while (cursor.MoveNext())
            for (int i = 0; i < columns.Length; i++) rows[i].Add(cells[i]());
        for (int i = 0; i < columns.Length; i++) contents[columns[i].Name] = rows[i];
        return contents;
    }

    /// <summary>The items of a column, row by row.</summary>
    public static T[][] Vectors<T>(IDataView view, string name)
    {
        var rows = new List<T[]>();
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema[name]);
        var getter = cursor.GetGetter<VBuffer<T>>(view.Schema[name]);
        VBuffer<T> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(value.ToDenseArray());
        }
        return [.. rows];
    }

    public static T[] Values<T>(IDataView view, string name)
    {
        var rows = new List<T>();
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema[name]);
        var getter = cursor.GetGetter<T>(view.Schema[name]);
        while (cursor.MoveNext())
        {
            T value = default!;
            getter(ref value);
            rows.Add(value);
        }
        return [.. rows];
    }

    public static string[] Texts(IDataView view, string name) => [.. Values<ReadOnlyMemory<char>>(view, name).Select(text => text.ToString())];

    public static string[][] TextVectors(IDataView view, string name) =>
        [.. Vectors<ReadOnlyMemory<char>>(view, name).Select(row => row.Select(text => text.ToString()).ToArray())];

    /// <summary>The slot names of a column.</summary>
    public static string[] SlotNames(IDataView view, string name) =>
        view.Schema[name].SlotNamesOrNull() ?? throw new InvalidOperationException($"Column '{name}' has no slot names.");

    /// <summary>The key values of a column, as text.</summary>
    public static string[] KeyTexts(IDataView view, string name) => KeyValues.Of(view.Schema[name]) is { } values
        ? [.. Enumerable.Range(0, values.Count).Select(values.TextOf)] : throw new InvalidOperationException($"Column '{name}' has no key values.");

    private sealed class Cell(DataViewRow row, DataViewSchema.Column column) : RawTypes.IVisitor<Func<string>>
    {
        public Func<string> Visit<T>()
        {
            if (column.Type is VectorDataViewType)
            {
                var vectors = row.GetGetter<VBuffer<T>>(column);
                VBuffer<T> vector = default;
                return () =>
                {
                    vectors(ref vector);
                    return string.Join('|', vector.DenseValues().Select(Format));
                };
            }
            var values = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                values(ref value);
                return Format(value);
            };
        }

        private static string Format<T>(T value) => value switch
        {
            float number => $"{number.ToString(CultureInfo.InvariantCulture)} #{BitConverter.SingleToUInt32Bits(number):x8}",
            double number => $"{number.ToString(CultureInfo.InvariantCulture)} #{BitConverter.DoubleToUInt64Bits(number):x16}",
            DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            MLImage image => $"{image.Width}x{image.Height} {image.PixelFormat} {Convert.ToHexString(image.Pixels)}",
            _ => value?.ToString() ?? "",
        };
    }
}
