using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Grows a tree: splits the best leaf until there are enough. Of the two children of a leaf the smaller has its histogram built from its rows, the larger what is left of the
/// parent's. A leaf that so many others come before that it will never be split gives its histogram back.
/// </summary>
internal sealed unsafe class TreeGrower
{
    private const int InlineWork = 12_000, BytesOfCache = 1 << 19;

    private readonly BinnedMatrix _matrix;
    private readonly BoostingOptions _options;
    private readonly WorkTeam _team;
    private readonly SplitFinder _finder;
    private readonly FeatureSample _sample;
    private readonly HistogramPool _pool;
    private readonly RowPartitioner _partitioner;
    private readonly PinnedArray<int> _rows;
    private readonly GrowingLeaf[] _leaves;
    private readonly SplitChoice[] _smallSplits, _largeSplits;
    private readonly SplitLottery? _lottery;
    private readonly sbyte[] _monotone;
    private readonly int[] _uses;
    private readonly Action<int> _evaluateGroup;

    // The leaves that are being looked at.
    private GradientPairs _pairs = null!;
    private int _small, _large;
    private bool _searchSmall, _searchLarge;

    internal TreeGrower(BinnedMatrix matrix, BoostingOptions options, WorkTeam team)
    {
        (_matrix, _options, _team) = (matrix, options, team);
        _finder = new SplitFinder(options);
        _sample = new FeatureSample(matrix.Columns.Length, options);
        _pool = new HistogramPool(matrix.CellCount);
        _partitioner = new RowPartitioner(matrix.RowCount, team);
        _rows = new PinnedArray<int>(matrix.RowCount);
        _leaves = new GrowingLeaf[options.LeafCount];
        (_smallSplits, _largeSplits) = (new SplitChoice[matrix.Groups.Length], new SplitChoice[matrix.Groups.Length]);
        _monotone = Array.ConvertAll(matrix.Columns, column =>
            column.IsCategorical || options.MonotoneConstraints.Count == 0 ? (sbyte)0 : (sbyte)Math.Sign(options.MonotoneConstraints[column.Feature]));
        _uses = new int[matrix.Columns.Length];
        if (options.HasSplitChances) _lottery = new SplitLottery(matrix.Columns.Length, options);
        _evaluateGroup = EvaluateGroup;
    }

    /// <summary>How many leaves the last tree has.</summary>
    internal int LeafCount { get; private set; }

    /// <summary>The rows of a leaf of the last tree, rising.</summary>
    internal ReadOnlySpan<int> RowsOf(int leaf) => new(_rows.Pointer + _leaves[leaf].Begin, _leaves[leaf].Count);

    /// <summary>Does something for each leaf of the last tree.</summary>
    internal void ForLeaves(Action<int> action)
    {
        if (_matrix.RowCount < InlineWork)
            for (int leaf = 0; leaf < LeafCount; leaf++) action(leaf);
        else _team.Run(LeafCount, action);
    }

    /// <summary>Sets the covers of the leaves of the last tree to the weights of their rows; until then they are counts.</summary>
    internal void SetCovers(GrownTree tree, float[] weights) => ForLeaves(leaf =>
    {
        double sum = 0;
        foreach (int row in RowsOf(leaf)) sum += weights[row];
        tree.LeafCovers[leaf] = sum;
    });

    /// <summary>Grows a tree.</summary>
    /// <param name="pairs">Gradients and hessians.</param>
    /// <param name="rows">The rows to learn from, rising; empty for all.</param>
    /// <param name="tree">The number of the tree.</param>
    internal GrownTree Grow(GradientPairs pairs, ReadOnlySpan<int> rows, int tree)
    {
        _pairs = pairs;
        _finder.Use(pairs);
        _sample.StartTree(tree);
        var grown = new GrownTree(_options.LeafCount - 1);
        Start(rows);
        while (LeafCount < _options.LeafCount && Next() is >= 0 and int leaf) Split(grown, leaf);
        for (int i = 0; i < LeafCount; i++)
        {
            _pool.Give(ref _leaves[i].Histogram);
            grown.LeafValues[i] = _finder.Output(_leaves[i].Sums, _leaves[i].Bounds);
            grown.LeafCovers[i] = _leaves[i].Count;
        }
        if (LeafCount > 1) _lottery?.Skip(LeafCount);
        return grown;
    }

    private void Start(ReadOnlySpan<int> rows)
    {
        int count = rows.Length > 0 ? rows.Length : _matrix.RowCount;
        int* all = _rows.Pointer;
        if (rows.Length > 0) rows.CopyTo(_rows.Span);
        else
            for (int i = 0; i < count; i++) all[i] = i;
        LeafCount = 1;
        _leaves[0] = new GrowingLeaf { Begin = 0, Count = count, Bounds = OutputBounds.Open, Histogram = -1, Parent = -1, Gain = double.NegativeInfinity };
        _leaves[0].Sums = SumOf(count);
        Evaluate(0, -1);
    }

    private NodeSums SumOf(int count)
    {
        Vector128<long> sum = Vector128<long>.Zero;
        for (int i = 0; i < count; i++) sum += Vector128.WidenLower(Vector128.CreateScalarUnsafe(_pairs.Pairs[_rows.Pointer[i]]).AsInt32());
        return new NodeSums(sum[0], sum[1] + ((long)count << _pairs.CountShift));
    }

    /// <summary>The leaf to split next; −1 for none.</summary>
    private int Next()
    {
        int best = -1;
        for (int i = 0; i < LeafCount; i++)
        {
            if (!_leaves[i].Split.Found) continue;
            if (best < 0 || Before(_leaves[i], _leaves[best])) best = i;
        }
        return best;
    }

    private bool Before(in GrowingLeaf a, in GrowingLeaf b) =>
        _options.Growth == TreeGrowth.LevelWise && a.Depth != b.Depth ? a.Depth < b.Depth : a.Gain > b.Gain;

    private void Split(GrownTree grown, int leaf)
    {
        ref GrowingLeaf parent = ref _leaves[leaf];
        SplitChoice split = parent.Split;
        BinColumn column = _matrix.Columns[split.Column];
        NodeSums right = parent.Sums - split.Left;
        int leftCount = _finder.Count(split.Left);
        BinSet set = split.Set;
        bool missingLeft = split.MissingLeft;
        if (split.Bin >= 0)
        {
            // Where no row of the leaf is without the feature, one that is goes with the most.
            if (!missingLeft && split.Bin < column.ValueBins - 1 && MissingRows(parent.Histogram, split.Column) == 0) missingLeft = 2 * leftCount >= parent.Count;
            for (int bin = 0; bin <= split.Bin; bin++) set.Add(bin);
            if (missingLeft) set.Add(column.MissingBin);
        }
        int lefts = _partitioner.Run(_rows.Pointer + parent.Begin, parent.Count, _matrix.Places[split.Column], set);
        System.Diagnostics.Debug.Assert(lefts == leftCount, "The rows of a side are as many as its cells count.");
        _uses[split.Column]++;
        int node = grown.Add(leaf, parent.Parent, parent.IsLeft, split, set, missingLeft, parent.Gain), other = LeafCount++;
        (OutputBounds leftBounds, OutputBounds rightBounds) = BoundsOf(parent, split, right);
        int histogram = parent.Histogram, depth = parent.Depth + 1, begin = parent.Begin, count = parent.Count;
        _leaves[leaf] = new GrowingLeaf { Begin = begin, Count = lefts, Depth = depth, Sums = split.Left, Bounds = leftBounds, Histogram = -1, Parent = node, IsLeft = true };
        _leaves[other] = new GrowingLeaf { Begin = begin + lefts, Count = count - lefts, Depth = depth, Sums = right, Bounds = rightBounds, Histogram = -1, Parent = node };
        (int small, int large) = lefts <= count - lefts ? (leaf, other) : (other, leaf);
        _leaves[large].Histogram = histogram;
        if (LeafCount < _options.LeafCount) Evaluate(small, large);
        else _pool.Give(ref _leaves[large].Histogram);
        Prune();
    }

    private long MissingRows(int histogram, int column)
    {
        Vector128<long>* cells = _pool[histogram] + _matrix.Cells[column];
        return cells[_matrix.Columns[column].MissingBin][1] >> _pairs.CountShift;
    }

    private (OutputBounds Left, OutputBounds Right) BoundsOf(in GrowingLeaf parent, in SplitChoice split, NodeSums right)
    {
        int monotone = _monotone[split.Column];
        OutputBounds bounds = parent.Bounds;
        if (monotone == 0) return (bounds, bounds);
        // Nothing below the left gets past the middle of both values, nor anything below the right.
        double middle = 0.5 * (_finder.Output(split.Left, bounds) + _finder.Output(right, bounds));
        return monotone > 0 ? (bounds with { High = middle }, bounds with { Low = middle }) : (bounds with { Low = middle }, bounds with { High = middle });
    }

    /// <summary>Each split makes one leaf more: a leaf that has as many before it as there are splits left is never split.</summary>
    private void Prune()
    {
        if (_options.Growth != TreeGrowth.LeafWise) return;
        int splits = _options.LeafCount - LeafCount, candidates = 0;
        for (int i = 0; i < LeafCount; i++)
            if (_leaves[i].Split.Found) candidates++;
        for (; candidates > splits; candidates--)
        {
            int last = -1;
            for (int i = 0; i < LeafCount; i++)
                if (_leaves[i].Split.Found && (last < 0 || !Before(_leaves[i], _leaves[last]))) last = i;
            _leaves[last].Split.Found = false;
            _pool.Give(ref _leaves[last].Histogram);
        }
    }

    private bool MayBeSplit(in GrowingLeaf leaf) =>
        leaf.Count >= 2 * (long)Math.Max(1, _options.MinimumRowsPerLeaf) && (_options.MaximumDepth <= 0 || leaf.Depth < _options.MaximumDepth)
        && _finder.Hessian(leaf.Sums) >= 2 * _options.MinimumHessianPerLeaf;

    /// <summary>Builds the histogram of a leaf, makes the sibling's of the parent's, and finds the best splits of both.</summary>
    private void Evaluate(int small, int large)
    {
        (_small, _large) = (small, large);
        _searchSmall = MayBeSplit(_leaves[small]);
        _searchLarge = large >= 0 && MayBeSplit(_leaves[large]);
        if (_matrix.Columns.Length == 0 || (!_searchSmall && !_searchLarge))
        {
            if (large >= 0) _pool.Give(ref _leaves[large].Histogram);
            return;
        }
        _leaves[small].Histogram = _pool.Take();
        _lottery?.Clear();
        _sample.StartSplit(_matrix.RowCount + LeafCount);
        long work = (long)_leaves[small].Count * _matrix.Columns.Length + 8L * _matrix.CellCount;
        int groups = _matrix.Groups.Length;
        if (work < InlineWork)
            for (int group = 0; group < groups; group++) EvaluateGroup(group);
        else _team.Run(groups, _evaluateGroup);
        // Of two of one size the right one is drawn for first.
        bool largeFirst = large >= 0 && _leaves[small].Count == _leaves[large].Count;
        if (largeFirst) Choose(large, _largeSplits, isSmall: false);
        Choose(small, _smallSplits, isSmall: true);
        if (large >= 0 && !largeFirst) Choose(large, _largeSplits, isSmall: false);
    }

    private void EvaluateGroup(int number)
    {
        ColumnGroup group = _matrix.Groups[number];
        ref SplitChoice small = ref _smallSplits[number], large = ref _largeSplits[number];
        (small, large) = (default, default);
        bool used = false;
        for (int i = 0; i < group.Width; i++) used |= _sample.IsOfTree(group.First + i);
        if (!used) return;
        Vector128<long>* built = _pool[_leaves[_small].Histogram];
        Build(group, built);
        int start = _matrix.Cells[group.First], count = _matrix.Cells[group.First + group.Width] - start;
        if (_searchSmall) Find(group, built, _leaves[_small], ref small, _lottery?.Small);
        if (!_searchLarge) return;
        Vector128<long>* rest = _pool[_leaves[_large].Histogram];
        HistogramKernel.Subtract(rest + start, built + start, count);
        Find(group, rest, _leaves[_large], ref large, _lottery?.Large);
    }

    private void Build(ColumnGroup group, Vector128<long>* histogram)
    {
        int start = _matrix.Cells[group.First];
        Vector128<long>** cells = stackalloc Vector128<long>*[group.Width];
        for (int i = 0; i < group.Width; i++) cells[i] = histogram + _matrix.Cells[group.First + i];
        new Span<long>(histogram + start, 2 * (_matrix.Cells[group.First + group.Width] - start)).Clear();
        bool far = (long)_matrix.RowCount * group.Width > BytesOfCache;
        ref GrowingLeaf leaf = ref _leaves[_small];
        HistogramKernel.Add(_matrix.DataOf(group.Index), group.Width, cells, _rows.Pointer + leaf.Begin, leaf.Count, _pairs.Pairs, _pairs.CountShift, far);
    }

    private void Find(ColumnGroup group, Vector128<long>* histogram, in GrowingLeaf leaf, ref SplitChoice best, SplitChoice[]? each)
    {
        best.Score = LeastScore(leaf);
        for (int i = 0; i < group.Width; i++)
        {
            int column = group.First + i;
            if (!_sample.IsOfSplit(column)) continue;
            double penalty = PenaltyOf(column);
            ref SplitChoice found = ref best;
            if (each is not null)
            {
                found = ref each[column];
                found.Score = double.NegativeInfinity;
            }
            found.Score += penalty;
            _finder.Find(_matrix.Columns[column], column, histogram + _matrix.Cells[column], leaf.Sums, leaf.Bounds, _monotone[column], ref found);
            found.Score -= penalty;
        }
    }

    /// <summary>What a split has to exceed.</summary>
    private double LeastScore(in GrowingLeaf leaf)
    {
        double own = _finder.Score(leaf.Sums, leaf.Bounds);
        // What rounding makes of no gain is none.
        return own + _options.MinimumGain + 1e-10 * Math.Abs(own);
    }

    private double PenaltyOf(int column) => !_options.HasPenalties ? 0 : _uses[column] == 0 ? _options.FirstUsePenalty : _options.ReusePenalty * Math.Log(_uses[column] + 1);

    private void Choose(int number, SplitChoice[] splits, bool isSmall)
    {
        ref GrowingLeaf leaf = ref _leaves[number];
        leaf.Split = default;
        // A whole tree is split whatever that gains.
        if (_lottery is not null) leaf.Split = _lottery.Draw(isSmall, LeafCount == 1 ? double.NegativeInfinity : LeastScore(leaf));
        else foreach (ref readonly SplitChoice split in splits.AsSpan())
            if (split.Found && (!leaf.Split.Found || split.Score > leaf.Split.Score)) leaf.Split = split;
        if (leaf.Split.Found) leaf.Gain = leaf.Split.Score - _finder.Score(leaf.Sums, leaf.Bounds);
        else _pool.Give(ref leaf.Histogram);
    }
}
