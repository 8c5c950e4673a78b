using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Which series a row belongs to: numbers of series by text or key. It serves one reader.</summary>
internal sealed class SeriesNames
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly KeyValues? _keys;
    private readonly Dictionary<uint, int> _byKey = [];

    /// <param name="column">Text or a key.</param>
    /// <param name="numbers">The numbers of names.</param>
    internal SeriesNames(DataViewSchema.Column column, Dictionary<string, int> numbers)
    {
        (_numbers, _lookup) = (numbers, numbers.GetAlternateLookup<ReadOnlySpan<char>>());
        _keys = column.Type is KeyDataViewType ? KeyValues.Of(column) : null;
    }

    internal static bool IsName(DataViewType type) => type is TextDataViewType || (type is KeyDataViewType && type.RawType == typeof(uint));

    /// <summary>The number of a row's series; -1 where the row has none, or one that is not known.</summary>
    internal int Find(BatchColumn column, int row)
    {
        if (column is TextColumn texts) return _lookup.TryGetValue(texts[row], out int known) ? known : -1;
        uint key = ((ValueColumn<uint>)column).Values[row];
        if (key == 0) return -1;
        if (!_byKey.TryGetValue(key, out int number)) _byKey[key] = number = _numbers.GetValueOrDefault(NameOf(key), -1);
        return number;
    }

    /// <summary>The name of a row's series; empty where the row has none.</summary>
    internal string NameOf(BatchColumn column, int row) =>
        column is TextColumn texts ? texts[row].ToString() : ((ValueColumn<uint>)column).Values[row] is > 0 and var key ? NameOf(key) : "";

    /// <summary>Gives a row's series the next number.</summary>
    internal void Add(BatchColumn column, int row)
    {
        _numbers.Add(NameOf(column, row), _numbers.Count);
        _byKey.Clear();
    }

    private string NameOf(uint key) => _keys is not null && key <= _keys.Count ? _keys.TextOf((int)key - 1) : key.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
