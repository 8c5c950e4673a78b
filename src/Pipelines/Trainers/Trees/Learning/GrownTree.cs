namespace MLPipelines.Trainers.Trees;

/// <summary>A tree as it was grown: its nodes by bins, with which rows of the training set find their leaves without their features.</summary>
internal sealed class GrownTree(int capacity)
{
    internal int NodeCount { get; private set; }

    internal int[] Columns { get; } = new int[capacity];

    internal BinSet[] Sets { get; } = new BinSet[capacity];

    internal int[] Bins { get; } = new int[capacity];

    internal int[] Left { get; } = new int[capacity];

    internal int[] Right { get; } = new int[capacity];

    internal bool[] MissingLeft { get; } = new bool[capacity];

    internal float[] Gains { get; } = new float[capacity];

    internal double[] LeafValues { get; } = new double[capacity + 1];

    internal double[] LeafCovers { get; } = new double[capacity + 1];

    /// <summary>Puts a node in the place of a leaf, which becomes its left child; the right one is a new leaf.</summary>
    internal int Add(int leaf, int parent, bool isLeft, in SplitChoice split, BinSet left, bool missingLeft, double gain)
    {
        int node = NodeCount++;
        if (parent >= 0) (isLeft ? Left : Right)[parent] = node;
        (Columns[node], Sets[node], Bins[node], MissingLeft[node], Gains[node]) = (split.Column, left, split.Bin, missingLeft, (float)gain);
        (Left[node], Right[node]) = (~leaf, ~NodeCount);
        return node;
    }

    /// <summary>The leaf that a row of the training set comes to.</summary>
    internal int LeafOf(BinnedMatrix matrix, int row)
    {
        if (NodeCount == 0) return 0;
        int node = 0;
        while (node >= 0) node = Sets[node].Has(matrix.Places[Columns[node]][row]) ? Left[node] : Right[node];
        return ~node;
    }

    /// <summary>The tree over features.</summary>
    internal DecisionTree ToTree(BinnedMatrix matrix, double scale = 1)
    {
        double[] covers = new double[NodeCount];
        var sets = new int[NodeCount];
        var pool = new List<uint>();
        bool categories = false;
        for (int node = NodeCount - 1; node >= 0; node--)
        {
            double Cover(int child) => child >= 0 ? covers[child] : LeafCovers[~child];
            covers[node] = Cover(Left[node]) + Cover(Right[node]);
        }
        for (int node = 0; node < NodeCount; node++)
        {
            BinColumn column = matrix.Columns[Columns[node]];
            sets[node] = column.IsCategorical ? pool.Count : -1;
            if (!column.IsCategorical) continue;
            categories = true;
            AddSet(pool, column, Sets[node]);
        }
        return new DecisionTree
        {
            Features = [.. Columns.Take(NodeCount).Select(column => matrix.Columns[column].Feature)],
            Thresholds = [.. Enumerable.Range(0, NodeCount).Select(node => Bins[node] < 0 ? 0 : matrix.Columns[Columns[node]].UpperBound(Bins[node]))],
            MissingLeft = MissingLeft[..NodeCount], Left = Left[..NodeCount], Right = Right[..NodeCount], Gains = Gains[..NodeCount], Covers = covers,
            LeafValues = [.. LeafValues.Take(NodeCount + 1).Select(value => (float)(scale * value))], LeafCovers = LeafCovers[..(NodeCount + 1)],
            CategorySets = categories ? sets : [], CategoryPool = [.. pool],
        };
    }

    private static void AddSet(List<uint> pool, BinColumn column, BinSet bins)
    {
        int start = pool.Count;
        int words = 0;
        for (int bin = 0; bin < column.ValueBins; bin++)
            if (bins.Has(bin)) words = Math.Max(words, column.Codes[bin] / 32 + 1);
        pool.Add((uint)words | (column.SlotCount > 0 ? 0x80000000 : 0));
        for (int i = 0; i < words; i++) pool.Add(0);
        for (int bin = 0; bin < column.ValueBins; bin++)
            if (bins.Has(bin)) pool[start + 1 + column.Codes[bin] / 32] |= 1u << (column.Codes[bin] % 32);
    }
}
