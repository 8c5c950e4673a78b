using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// N-grams of keys and their identifiers, 0 … <see cref="Count"/> - 1 in the order in which they were added. A tree of n-grams, each the child of the
/// one without its last item, whose edges lie in one open-addressing hash table: an edge is found by its parent node and its
/// key, both of which the table holds in full, so no two n-grams are ever taken for one another. Finding all n-grams that
/// begin at a place costs one look-up each, and none after the first that is not there. Once built, safe for many threads.
/// </summary>
internal sealed class NgramMap
{
    private const int NoFeature = -1;

    // Nodes are numbered from 1; 0 is the empty n-gram. Entry i belongs to node i + 1.
    private int[] _parents = [];
    private uint[] _keys = [];
    private int[] _features = [];
    private Edge[] _edges = new Edge[16];
    private int _shift = 60;
    private int[]? _nodes;

    /// <param name="capacity">For how many n-grams and beginnings there is room at first.</param>
    internal NgramMap(int capacity = 0)
    {
        if (capacity == 0) return;
        (_parents, _keys, _features) = (new int[capacity], new uint[capacity], new int[capacity]);
        Grow((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2L)));
    }

    /// <summary>The number of n-grams that have an identifier.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of n-grams and beginnings of n-grams.</summary>
    internal int NodeCount { get; private set; }

    /// <summary>The edge to the n-gram that adds a key to another; its node is 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Edge Find(int parent, uint key)
    {
        ulong pair = ((ulong)(uint)parent << 32) | key;
        ref Edge edges = ref MemoryMarshal.GetArrayDataReference(_edges);
        nuint mask = (nuint)_edges.Length - 1, slot = SlotOf(pair, _shift);
        while (true)
        {
            ref Edge edge = ref Unsafe.Add(ref edges, slot);
            if (edge.Pair == pair || edge.Node == 0)
            {
                // An unused entry has the pair 0, which is also the missing key at the beginning; its node tells.
                return ref edge;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Adds an n-gram, or a beginning of one, that is not there yet.</summary>
    /// <returns>Its node.</returns>
    internal int Add(int parent, uint key, bool asFeature)
    {
        if ((NodeCount + 1) * 2L > _edges.Length) Grow(_edges.Length * 2);
        if (NodeCount == _parents.Length)
        {
            int capacity = Math.Max(16, NodeCount * 2);
            Array.Resize(ref _parents, capacity);
            Array.Resize(ref _keys, capacity);
            Array.Resize(ref _features, capacity);
        }
        int feature = asFeature ? Count++ : NoFeature;
        (_parents[NodeCount], _keys[NodeCount], _features[NodeCount]) = (parent, key, feature);
        int node = ++NodeCount;
        Insert(parent, key, node, feature);
        return node;
    }

    /// <summary>The largest key of all n-grams.</summary>
    internal uint LargestKey => NodeCount == 0 ? 0 : System.Numerics.Tensors.TensorPrimitives.Max<uint>(_keys.AsSpan(0, NodeCount));

    /// <summary>All keys of each n-gram in one number, the last one lowest; <see langword="null"/> when one of them has another length.</summary>
    internal ulong[]? PackedKeys(int length, int bitsPerKey)
    {
        ulong[] features = new ulong[Count], nodes = new ulong[NodeCount + 1];
        int[] lengths = new int[NodeCount + 1];
        // A beginning comes before what begins with it.
        for (int node = 1; node <= NodeCount; node++)
        {
            int parent = _parents[node - 1], feature = _features[node - 1];
            nodes[node] = nodes[parent] << bitsPerKey | _keys[node - 1];
            lengths[node] = lengths[parent] + 1;
            if (feature == NoFeature) continue;
            if (lengths[node] != length) return null;
            features[feature] = nodes[node];
        }
        return features;
    }

    /// <summary>The keys of the n-gram with an identifier.</summary>
    internal uint[] KeysOf(int feature)
    {
        _nodes ??= NodesOfFeatures();
        var keys = new List<uint>();
        for (int node = _nodes[feature]; node != 0; node = _parents[node - 1]) keys.Add(_keys[node - 1]);
        keys.Reverse();
        return [.. keys];
    }

    private int[] NodesOfFeatures()
    {
        int[] nodes = new int[Count];
        for (int i = 0; i < NodeCount; i++)
            if (_features[i] != NoFeature) nodes[_features[i]] = i + 1;
        return nodes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint SlotOf(ulong pair, int shift) => (nuint)(((pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15) >> shift);

    private void Insert(int parent, uint key, int node, int feature)
    {
        ref Edge edge = ref Unsafe.AsRef(in Find(parent, key));
        edge = new Edge(((ulong)(uint)parent << 32) | key, node, feature);
    }

    private void Grow(int size)
    {
        _edges = new Edge[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        for (int i = 0; i < NodeCount; i++) Insert(_parents[i], _keys[i], i + 1, _features[i]);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("ngrams", Count);
        writer.WriteArray<int>("parents", _parents.AsSpan(0, NodeCount), NodeCount);
        writer.WriteArray<uint>("keys", _keys.AsSpan(0, NodeCount), NodeCount);
        if (Count == NodeCount) return;
        bool[] counted = new bool[NodeCount];
        for (int i = 0; i < NodeCount; i++) counted[i] = _features[i] != NoFeature;
        writer.WriteArray<bool>("counted", counted, NodeCount);
    }

    internal static NgramMap Load(ModelStepReader reader)
    {
        int count = reader.GetInt32("ngrams");
        int[] parents = reader.ReadArray<int>("parents", -1);
        uint[] keys = reader.ReadArray<uint>("keys", parents.Length);
        bool[]? counted = count == parents.Length ? null : reader.ReadArray<bool>("counted", parents.Length);
        var map = new NgramMap { _parents = parents, _keys = keys, _features = new int[parents.Length] };
        for (int i = 0; i < parents.Length; i++)
        {
            // A parent that comes before its child makes a tree: nothing leads in a circle.
            if (parents[i] < 0 || parents[i] > i) throw reader.Invalid($"n-gram {i} continues n-gram {parents[i] - 1}, which is not before it");
            map._features[i] = counted is null || counted[i] ? map.Count++ : NoFeature;
        }
        if (map.Count != count) throw reader.Invalid($"it has {map.Count} n-grams, expected {count}");
        map.NodeCount = parents.Length;
        map.Grow((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, parents.Length * 2L)));
        return map;
    }

    /// <summary>Checks what was loaded against the number of keys that there are.</summary>
    internal void CheckKeys(uint largest, ModelStepReader reader)
    {
        foreach (uint key in _keys.AsSpan(0, NodeCount))
            if (key > largest) throw reader.Invalid($"an n-gram has key {key}, expected at most {largest}");
    }

    /// <summary>An entry of the hash table.</summary>
    internal readonly struct Edge(ulong pair, int node, int feature)
    {
        /// <summary>The parent node and the key.</summary>
        internal readonly ulong Pair = pair;

        /// <summary>The node that the edge leads to; 0 in an unused entry.</summary>
        internal readonly int Node = node;

        /// <summary>The identifier of its n-gram; negative when it is only the beginning of others.</summary>
        internal readonly int Feature = feature;
    }
}
