using System.Runtime.InteropServices;

namespace MLPipelines.Drift;

/// <summary>
/// Counts values in bounded memory: when there are too many different ones, the rarer half is forgotten. What is kept to the end was
/// undercounted by at most what was forgotten of it, less than 2·rows/capacity.
/// </summary>
internal sealed class FrequentCounts<T>(int capacity, IComparer<T> order) where T : notnull
{
    private readonly Dictionary<T, long> _counts = [];

    /// <summary>All values that were counted.</summary>
    internal long Total { get; private set; }

    /// <summary>Whether no value was forgotten.</summary>
    internal bool IsExact { get; private set; } = true;

    internal int Distinct => _counts.Count;

    internal void Add(T value, long count = 1)
    {
        Total += count;
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _) += count;
        if (_counts.Count > capacity) Forget();
    }

    internal void Merge(FrequentCounts<T> other)
    {
        IsExact &= other.IsExact;
        long forgotten = other.Total - other._counts.Values.Sum();
        foreach (var (value, count) in other._counts) Add(value, count);
        Total += forgotten;
    }

    /// <summary>The most frequent values first; of equally frequent ones, the smaller.</summary>
    internal IEnumerable<KeyValuePair<T, long>> Ordered() => _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, order);

    /// <summary>Counts texts without making a string for one that is known.</summary>
    internal static void AddText(FrequentCounts<string> counts, ReadOnlySpan<char> text)
    {
        counts.Total++;
        CollectionsMarshal.GetValueRefOrAddDefault(counts._counts.GetAlternateLookup<ReadOnlySpan<char>>(), text, out _)++;
        if (counts._counts.Count > counts.Capacity) counts.Forget();
    }

    private int Capacity => capacity;

    private void Forget()
    {
        IsExact = false;
        foreach (T rare in Ordered().Skip(capacity / 2).Select(pair => pair.Key).ToArray()) _counts.Remove(rare);
    }
}
