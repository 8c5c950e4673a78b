using System.Runtime.InteropServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>Lays out the nodes of trees for <see cref="LeafMasks"/>: step by step one node of each of sixteen trees, with the features of at most <see cref="TableSize"/> columns at a time.</summary>
internal sealed class LeafMaskBuilder
{
    internal const int TableSize = 32, WordSize = 32;

    private readonly List<Asked>[] _lanes = [.. Enumerable.Range(0, FlatTrees.GroupSize).Select(_ => new List<Asked>())];
    private readonly int[] _features;

    // Of each feature its place in the tables of a group, one after the other.
    private readonly int[] _ranks;

    internal LeafMaskBuilder(DecisionTree[] trees)
    {
        _features = FeaturesOf(trees);
        _ranks = new int[_features.Length == 0 ? 0 : _features[^1] + 1];
        for (int i = 0; i < _features.Length; i++) _ranks[_features[i]] = i;
        // With few features, the values of a row are picked once for all trees.
        if (HasOneTable) AddTable(_features);
    }

    internal List<LeafMaskBlock> Blocks { get; } = [];

    internal List<int> Tables { get; } = [];

    /// <summary>Of each node, the place of its feature in the table; sixteen to a step, as all that follow.</summary>
    internal List<byte> Places { get; } = [];

    internal List<float> Thresholds { get; } = [];

    /// <summary>The leaves that a row can still come to after it went to the right, the first leaf in the highest bit.</summary>
    internal List<uint> Kept { get; } = [];

    /// <summary>Where the leaves of each tree start, sixteen trees to a group.</summary>
    internal List<int> LeafStarts { get; } = [];

    internal List<float> Leaves { get; } = [];

    private bool HasOneTable => _features.Length is > 0 and <= TableSize;

    /// <summary>A group whose trees are walked.</summary>
    internal void Skip() => LeafStarts.AddRange(Enumerable.Repeat(0, FlatTrees.GroupSize));

    internal void Add(ReadOnlySpan<DecisionTree> trees)
    {
        int[] features = HasOneTable ? _features : FeaturesOf(trees);
        int tables = (features.Length + TableSize - 1) / TableSize, firstTable = HasOneTable ? 0 : Tables.Count / TableSize;
        if (!HasOneTable)
        {
            for (int i = 0; i < features.Length; i++) _ranks[features[i]] = i;
            foreach (int[] table in features.Chunk(TableSize)) AddTable(table);
        }
        int words = 0;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane].Clear();
            LeafStarts.Add(Leaves.Count);
            if (lane < trees.Length) Visit(trees[lane], trees[lane].NodeCount > 0 ? 0 : ~0, Leaves.Count, _lanes[lane]);
            else Leaves.Add(0);
            words = Math.Max(words, (Leaves.Count - LeafStarts[^1] + WordSize - 1) / WordSize);
        }
        for (int word = 0; word < words; word++)
            for (int table = 0; table < tables; table++) AddBlock(firstTable, table, word, endsWord: table == tables - 1);
    }

    private void AddBlock(int firstTable, int table, int word, bool endsWord)
    {
        int start = Places.Count, steps = 0;
        foreach (List<Asked> lane in _lanes)
        {
            int own = 0;
            foreach (Asked node in lane)
                if (node.Rank / TableSize == table && node.KeptIn(word) != uint.MaxValue) own++;
            steps = Math.Max(steps, own);
        }
        Span<byte> places = Grown(Places, steps);
        Span<float> thresholds = Grown(Thresholds, steps);
        Span<uint> kept = Grown(Kept, steps);
        // A step that a tree has no node for: no value is above it.
        thresholds.Fill(float.PositiveInfinity);
        kept.Fill(uint.MaxValue);
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            int at = lane;
            foreach (Asked node in _lanes[lane])
            {
                uint left = node.KeptIn(word);
                if (node.Rank / TableSize != table || left == uint.MaxValue) continue;
                (places[at], thresholds[at], kept[at]) = ((byte)(node.Rank % TableSize), node.Threshold, left);
                at += FlatTrees.GroupSize;
            }
        }
        Blocks.Add(new LeafMaskBlock(firstTable + table, word, start, Places.Count, endsWord));
    }

    private static Span<T> Grown<T>(List<T> list, int steps)
    {
        int start = list.Count;
        CollectionsMarshal.SetCount(list, start + steps * FlatTrees.GroupSize);
        Span<T> added = CollectionsMarshal.AsSpan(list)[start..];
        added.Clear();
        return added;
    }

    /// <summary>Adds the leaves below a node from left to right, and lists the nodes with the leaves at their left.</summary>
    private void Visit(DecisionTree tree, int node, int start, List<Asked> nodes)
    {
        if (node < 0)
        {
            Leaves.Add(tree.LeafValues[~node]);
            return;
        }
        int first = Leaves.Count - start, index = nodes.Count;
        nodes.Add(default);
        Visit(tree, tree.Left[node], start, nodes);
        nodes[index] = new Asked(_ranks[tree.Features[node]], tree.Thresholds[node], first, Leaves.Count - start);
        Visit(tree, tree.Right[node], start, nodes);
    }

    private void AddTable(ReadOnlySpan<int> features)
    {
        Tables.AddRange(features);
        // Places that nothing asks about have a value that is there.
        Tables.AddRange(Enumerable.Repeat(features[0], TableSize - features.Length));
    }

    private static int[] FeaturesOf(ReadOnlySpan<DecisionTree> trees)
    {
        var features = new HashSet<int>();
        foreach (DecisionTree tree in trees) features.UnionWith(tree.Features);
        return [.. features.Order()];
    }

    /// <summary>A node: where its feature is in the tables, and the leaves at its left, from the first to before the end.</summary>
    private readonly record struct Asked(int Rank, float Threshold, int First, int End)
    {
        internal uint KeptIn(int word) => ~(From(First - word * WordSize) & ~From(End - word * WordSize));

        /// <summary>The bits from a leaf of the word on.</summary>
        private static uint From(int leaf) => leaf >= WordSize ? 0 : uint.MaxValue >> Math.Max(leaf, 0);
    }
}
