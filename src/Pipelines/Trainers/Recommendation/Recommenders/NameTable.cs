namespace MLPipelines.Recommendation;

/// <summary>Names of users or items, numbered from 0 in the order in which they came.</summary>
internal sealed class NameTable
{
    private readonly string[] _names;

    /// <exception cref="ArgumentException">A name is empty or comes twice.</exception>
    internal NameTable(IEnumerable<string> names)
    {
        _names = [.. names];
        Numbers = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
        for (int i = 0; i < _names.Length; i++)
        {
            if (string.IsNullOrEmpty(_names[i])) throw new ArgumentException("A user or item has an empty name.", nameof(names));
            if (!Numbers.TryAdd(_names[i], i)) throw new ArgumentException($"The name '{_names[i]}' comes twice.", nameof(names));
        }
    }

    internal IReadOnlyList<string> Names => _names;

    internal int Count => _names.Length;

    /// <summary>The number of each name; not to be changed.</summary>
    internal Dictionary<string, int> Numbers { get; }

    internal string this[int number] => _names[number];

    /// <summary>The number of a name; -1 for one that is not known.</summary>
    internal int Find(string name) => Numbers.GetValueOrDefault(name, -1);
}
