using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>
/// Reads ids of users or items: text without blanks around it, keys, or whole numbers. What is written alike is the same id, whatever the type of the
/// column. It serves one reader at a time.
/// </summary>
internal sealed class IdReader
{
    private readonly KeyValues? _keys;
    private readonly Func<BatchColumn, int, ReadOnlySpan<char>> _read;
    private readonly char[] _digits = new char[40];

    private IdReader(DataViewSchema.Column column, Func<IdReader, Func<BatchColumn, int, ReadOnlySpan<char>>> read)
    {
        _keys = column.Type is KeyDataViewType ? KeyValues.Of(column) : null;
        _read = read(this);
    }

    /// <summary>The reader of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column holds no ids.</exception>
    internal static IdReader Of(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Recommendation: there is no column '{name}'. The columns are: {schema}.");
        Func<IdReader, Func<BatchColumn, int, ReadOnlySpan<char>>>? read = column.Type switch
        {
            TextDataViewType => _ => (texts, row) => ((TextColumn)texts)[row].Trim(),
            KeyDataViewType { RawType: var raw } when raw == typeof(uint) => reader => (keys, row) => reader.Key(((ValueColumn<uint>)keys).Values[row]),
            NumberDataViewType number => NumberReader(number),
            _ => null,
        };
        return new IdReader(column, read ?? throw new ArgumentOutOfRangeException(nameof(name), $"Recommendation: column '{name}' is {column.Type}, expected ids: text, whole numbers or a key."));
    }

    /// <summary>The id of a row, empty where there is none; valid until the next is read.</summary>
    internal ReadOnlySpan<char> Read(BatchColumn column, int row) => _read(column, row);

    private static Func<IdReader, Func<BatchColumn, int, ReadOnlySpan<char>>>? NumberReader(NumberDataViewType type)
    {
        if (type.RawType == typeof(long)) return Whole<long>;
        if (type.RawType == typeof(int)) return Whole<int>;
        if (type.RawType == typeof(short)) return Whole<short>;
        if (type.RawType == typeof(byte)) return Whole<byte>;
        if (type.RawType == typeof(ulong)) return Whole<ulong>;
        if (type.RawType == typeof(uint)) return Whole<uint>;
        if (type.RawType == typeof(ushort)) return Whole<ushort>;
        if (type.RawType == typeof(float)) return reader => (numbers, row) => reader.Real(((ValueColumn<float>)numbers).Values[row]);
        if (type.RawType == typeof(double)) return reader => (numbers, row) => reader.Real(((ValueColumn<double>)numbers).Values[row]);
        return null;
    }

    private static Func<BatchColumn, int, ReadOnlySpan<char>> Whole<T>(IdReader reader) where T : ISpanFormattable =>
        (numbers, row) => reader.Write(((ValueColumn<T>)numbers).Values[row]);

    private ReadOnlySpan<char> Real(double value) => double.IsNaN(value) ? [] : Write(value);

    private ReadOnlySpan<char> Key(uint key) => key == 0 ? [] : _keys is not null && key <= _keys.Count ? _keys.TextOf((int)key - 1).AsSpan().Trim() : Write(key);

    private ReadOnlySpan<char> Write<T>(T value) where T : ISpanFormattable
    {
        value.TryFormat(_digits, out int written, default, CultureInfo.InvariantCulture);
        return _digits.AsSpan(0, written);
    }
}
