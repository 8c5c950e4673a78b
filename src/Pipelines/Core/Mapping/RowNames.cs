using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Which series, user or item a row belongs to: numbers of names by a column of text, keys or numbers. It serves one reader.</summary>
internal sealed class RowNames
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly KeyValues? _keys;
    private readonly Dictionary<uint, int> _byKey = [];
    private readonly char[] _digits = new char[64];

    /// <param name="column">Text, a key or a number.</param>
    /// <param name="numbers">The numbers of names.</param>
    internal RowNames(DataViewSchema.Column column, Dictionary<string, int> numbers)
    {
        (_numbers, _lookup) = (numbers, numbers.GetAlternateLookup<ReadOnlySpan<char>>());
        _keys = column.Type is KeyDataViewType ? KeyValues.Of(column) : null;
        IsKey = column.Type is KeyDataViewType;
    }

    private bool IsKey { get; }

    internal static bool IsName(DataViewType type) => type is TextDataViewType || (type is KeyDataViewType && type.RawType == typeof(uint));

    /// <summary>Whether a type is one of names or of numbers that stand for them, such as 17 for a customer.</summary>
    internal static bool IsNameOrNumber(DataViewType type) => IsName(type) || type is NumberDataViewType;

    /// <summary>The number of a row's name; -1 where the row has none, or one that is not known.</summary>
    internal int Find(BatchColumn column, int row)
    {
        if (!IsKey) return _lookup.TryGetValue(TextOf(column, row), out int known) ? known : -1;
        uint key = ((ValueColumn<uint>)column).Values[row];
        if (key == 0) return -1;
        if (!_byKey.TryGetValue(key, out int number)) _byKey[key] = number = _numbers.GetValueOrDefault(NameOf(key), -1);
        return number;
    }

    /// <summary>The name of a row; empty where the row has none.</summary>
    internal string NameOf(BatchColumn column, int row) =>
        !IsKey ? TextOf(column, row).ToString() : ((ValueColumn<uint>)column).Values[row] is > 0 and var key ? NameOf(key) : "";

    /// <summary>Gives a row's name the next number.</summary>
    internal void Add(BatchColumn column, int row)
    {
        _numbers.Add(NameOf(column, row), _numbers.Count);
        _byKey.Clear();
    }

    private string NameOf(uint key) => _keys is not null && key <= _keys.Count ? _keys.TextOf((int)key - 1) : key.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text of a row, or its number as text; NaN is no name.</summary>
    private ReadOnlySpan<char> TextOf(BatchColumn column, int row) => column switch
    {
        TextColumn texts => texts[row],
        ValueColumn<float> numbers => float.IsNaN(numbers.Values[row]) ? "" : Format(numbers.Values[row]),
        ValueColumn<double> numbers => double.IsNaN(numbers.Values[row]) ? "" : Format(numbers.Values[row]),
        ValueColumn<int> numbers => Format(numbers.Values[row]),
        ValueColumn<uint> numbers => Format(numbers.Values[row]),
        ValueColumn<long> numbers => Format(numbers.Values[row]),
        ValueColumn<ulong> numbers => Format(numbers.Values[row]),
        ValueColumn<short> numbers => Format(numbers.Values[row]),
        ValueColumn<ushort> numbers => Format(numbers.Values[row]),
        ValueColumn<byte> numbers => Format(numbers.Values[row]),
        ValueColumn<sbyte> numbers => Format(numbers.Values[row]),
        _ => throw new NotSupportedException($"Names in a {column.GetType()}."),
    };

    private ReadOnlySpan<char> Format<T>(T number) where T : ISpanFormattable
    {
        number.TryFormat(_digits, out int length, default, CultureInfo.InvariantCulture);
        return _digits.AsSpan(0, length);
    }
}
