namespace MLPipelines.Recommendation;

/// <summary>The names of users or items and their numbers, from 0 in the order in which they were added.</summary>
internal sealed class IdTable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal IdTable() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    internal IReadOnlyList<string> Names => _names;

    /// <summary>The number of a name; -1 for one that is not there.</summary>
    internal int Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out int number) ? number : -1;

    /// <summary>The number of a name, which is added where it is not there.</summary>
    internal int Add(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out int number)) return number;
        string kept = name.ToString();
        _numbers.Add(kept, _names.Count);
        _names.Add(kept);
        return _names.Count - 1;
    }
}
