using System.Runtime.InteropServices;

namespace MLPipelines.Tokenizers;

/// <summary>How often each word occurs.</summary>
internal sealed class WordCounts
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal WordCounts() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    internal void Add(ReadOnlySpan<char> word) => CollectionsMarshal.GetValueRefOrAddDefault(_lookup, word, out _)++;

    /// <summary>In an order that does not depend on that of the texts.</summary>
    internal IEnumerable<KeyValuePair<string, long>> InOrder() => _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
