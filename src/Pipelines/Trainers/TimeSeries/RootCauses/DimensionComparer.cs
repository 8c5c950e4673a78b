namespace MLPipelines.TimeSeries;

/// <summary>Compares the places of points: the same dimensions with equal values.</summary>
internal sealed class DimensionComparer : IEqualityComparer<Dictionary<string, object>>
{
    internal static DimensionComparer Instance { get; } = new();

    public bool Equals(Dictionary<string, object>? x, Dictionary<string, object>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && Contains(x, y));

    public int GetHashCode(Dictionary<string, object> obj)
    {
        int code = 0;
        foreach (var (name, value) in obj) code ^= HashCode.Combine(name, value);
        return code;
    }

    /// <summary>Whether a place has all the values of another.</summary>
    internal static bool Contains(Dictionary<string, object> place, IEnumerable<KeyValuePair<string, object>> part) =>
        part.All(pair => place.TryGetValue(pair.Key, out object? value) && Equals(value, pair.Value));
}
