using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors;

/// <summary>Queries are (batch, queries, heads, width), keys and values (batch, keys, heads, width).</summary>
internal readonly unsafe struct AttentionSize
{
    internal int Batch { get; init; }
    internal int Queries { get; init; }
    internal int Keys { get; init; }
    internal int Heads { get; init; }
    internal int Width { get; init; }

    /// <summary>What scores are multiplied by, usually 1 / √width.</summary>
    internal float Scale { get; init; }

    /// <summary>Whether a query sees only keys up to its own position.</summary>
    internal bool IsCausal { get; init; }

    /// <summary>Added to the scores, a row of as many as there are keys; negative infinity hides a key. Null where there is none.</summary>
    internal float* Mask { get; init; }

    /// <summary>From one batch item, head and query to the next; 0 where they have one mask in common.</summary>
    internal nint MaskBatch { get; init; }
    internal nint MaskHead { get; init; }
    internal nint MaskQuery { get; init; }

    /// <summary>With what probability the weight of a key is dropped; the others are divided by what is left. The same numbers of the stream are drawn again on the way back.</summary>
    internal float Rate { get; init; }
    internal RandomStream Stream { get; init; }

    /// <summary>Where in the stream the numbers of a query's keys begin, from a key whose number is a multiple of four.</summary>
    internal long BlockOf(int batch, int head, int query, int key) => (((long)batch * Heads + head) * Queries + query) * ((Keys + 3) / 4) + key / 4;

    /// <summary>How many numbers of a stream dropout draws for queries (batch, queries, heads, width).</summary>
    internal static long DrawnFor(in Shape queries, int keys) => (long)queries[0] * queries[1] * queries[2] * ((keys + 3) / 4 * 4);

    /// <summary>From one position to the next.</summary>
    internal nint Stride => (nint)Heads * Width;

    internal float* MaskOf(int batch, int head, int query) => Mask == null ? null : Mask + batch * MaskBatch + head * MaskHead + query * MaskQuery;

    /// <summary>How many of the keys that begin at one a query sees.</summary>
    internal int Seen(int query, int firstKey, int keys) => IsCausal ? Math.Clamp(query - firstKey + 1, 0, keys) : keys;
}
