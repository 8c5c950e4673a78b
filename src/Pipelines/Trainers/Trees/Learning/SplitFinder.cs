using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Finds the best split of a leaf in the histogram of a column: that with the greatest S(G)²/(H + λ) of both sides, S being what L1 leaves of a sum. Splits are looked at from the
/// lowest bin up, missing values right before left, and of equal ones the first is taken, or of bins the last.
/// </summary>
internal sealed unsafe class SplitFinder(BoostingOptions options)
{
    private const int Lanes = 8, MaximumBins = 256;

    private readonly double _l1 = options.L1;
    private readonly double _l2 = options.L2;
    private readonly int _minimumRows = Math.Max(1, options.MinimumRowsPerLeaf);

    /// <summary>The numbers behind the sums of this tree.</summary>
    internal double GradientUnit { get; private set; }

    internal double HessianUnit { get; private set; }

    internal int CountShift { get; private set; }

    private long HessianMask => (1L << CountShift) - 1;

    private double MinimumHessian => Math.Max(options.MinimumHessianPerLeaf, HessianUnit);

    internal void Use(GradientPairs pairs) => (GradientUnit, HessianUnit, CountShift) = (pairs.GradientUnit, pairs.HessianUnit, pairs.CountShift);

    internal int Count(NodeSums sums) => (int)(sums.HessiansAndCount >> CountShift);

    internal double Gradient(NodeSums sums) => sums.Gradients * GradientUnit;

    internal double Hessian(NodeSums sums) => (sums.HessiansAndCount & HessianMask) * HessianUnit;

    /// <summary>The value of a leaf before the learning rate.</summary>
    internal double Output(NodeSums sums, OutputBounds bounds) => Output(Gradient(sums), Hessian(sums), _l2, bounds);

    /// <summary>The score of a leaf that is not split.</summary>
    internal double Score(NodeSums sums, OutputBounds bounds)
    {
        double g = Gradient(sums), h = Hessian(sums);
        return IsPlain(bounds) ? Plain(g, h, _l2) : ScoreOf(g, h, _l2, Output(g, h, _l2, bounds));
    }

    /// <summary>Looks for a better split.</summary>
    /// <param name="column">The column.</param>
    /// <param name="number">Its number.</param>
    /// <param name="cells">Its histogram.</param>
    /// <param name="node">The sums of the leaf.</param>
    /// <param name="bounds">What the leaf's values may be.</param>
    /// <param name="monotone">1 or −1 where the values on the right are not to be smaller or greater.</param>
    /// <param name="best">The best split so far.</param>
    internal void Find(BinColumn column, int number, Vector128<long>* cells, NodeSums node, OutputBounds bounds, int monotone, ref SplitChoice best)
    {
        if (column.IsCategorical)
        {
            FindCategories(column, number, cells, node, bounds, ref best);
            return;
        }
        var missing = new NodeSums(cells[column.MissingBin][0], cells[column.MissingBin][1]);
        bool hasMissing = missing.HessiansAndCount != 0;
        // All rows that have a value left, all others right, is a split too.
        Scan(number, cells, hasMissing ? column.ValueBins : column.ValueBins - 1, default, false, node, bounds, monotone, ref best);
        if (hasMissing) Scan(number, cells, column.ValueBins - 1, missing, true, node, bounds, monotone, ref best);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(int number, Vector128<long>* cells, int splits, NodeSums start, bool missingLeft, NodeSums node, OutputBounds bounds, int monotone, ref SplitChoice best)
    {
        long* gradients = stackalloc long[MaximumBins + Lanes], others = stackalloc long[MaximumBins + Lanes];
        Vector128<long> sum = Vector128.Create(start.Gradients, start.HessiansAndCount);
        for (int bin = 0; bin < splits; bin++)
        {
            sum += cells[bin];
            gradients[bin] = sum[0];
            others[bin] = sum[1];
        }
        int found = -1;
        double score = best.Score, least = score;
        bool takesLast = options.TakesHighestBin;
        if (monotone != 0 || !IsPlain(bounds))
        {
            for (int bin = 0; bin < splits; bin++)
            {
                var left = new NodeSums(gradients[bin], others[bin]);
                if (Bounded(left, node - left, bounds, monotone) is not { } value || value <= least || (takesLast ? value < score : value <= score)) continue;
                (score, found) = (value, bin);
            }
        }
        else
        {
            // Filled up with splits that have no rows on the left.
            for (int bin = splits; bin % Lanes != 0; bin++) (gradients[bin], others[bin]) = (0, 0);
            Vector512<double> gradientUnit = Vector512.Create(GradientUnit), hessianUnit = Vector512.Create(HessianUnit), l2 = Vector512.Create(_l2), l1 = Vector512.Create(_l1);
            Vector512<double> wholeG = Vector512.Create(Gradient(node)), wholeH = Vector512.Create(Hessian(node)), leastH = Vector512.Create(MinimumHessian), top = Vector512.Create(score);
            Vector512<long> mask = Vector512.Create(HessianMask), rows = Vector512.Create((long)_minimumRows), most = Vector512.Create((long)Count(node) - _minimumRows);
            bool hasL1 = _l1 > 0;
            for (int bin = 0; bin < splits; bin += Lanes)
            {
                Vector512<long> other = Vector512.Load(others + bin), count = other >> CountShift;
                Vector512<double> g = Vector512.ConvertToDouble(Vector512.Load(gradients + bin)) * gradientUnit, h = Vector512.ConvertToDouble(other & mask) * hessianUnit;
                Vector512<double> rightG = wholeG - g, rightH = wholeH - h;
                if (hasL1)
                {
                    g = Vector512.Max(Vector512.Abs(g) - l1, Vector512<double>.Zero);
                    rightG = Vector512.Max(Vector512.Abs(rightG) - l1, Vector512<double>.Zero);
                }
                Vector512<double> values = g * g / (h + l2) + rightG * rightG / (rightH + l2);
                Vector512<double> allowed = (Vector512.GreaterThanOrEqual(count, rows) & Vector512.LessThanOrEqual(count, most)).AsDouble()
                    & Vector512.GreaterThanOrEqual(h, leastH) & Vector512.GreaterThanOrEqual(rightH, leastH) & (takesLast ? Vector512.GreaterThanOrEqual(values, top) : Vector512.GreaterThan(values, top));
                ulong lanes = allowed.ExtractMostSignificantBits();
                if (lanes == 0) continue;
                for (; lanes != 0; lanes &= lanes - 1)
                {
                    int lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
                    double value = values.GetElement(lane);
                    if (value > score || (takesLast && value == score && value > least)) (score, found) = (value, bin + lane);
                }
                top = Vector512.Create(score);
            }
        }
        if (found < 0) return;
        best = new SplitChoice { Score = score, Column = number, Bin = found, MissingLeft = missingLeft, Found = true, Left = new NodeSums(gradients[found], others[found]) };
    }

    /// <summary>
    /// Categories in the order of their gradients: the first so many of them from either end against the others, with <see cref="BoostingOptions.CategoryL2"/> (Fisher, "On Grouping
    /// for Maximum Homogeneity", 1958: the best split in two is one of these). Where there are few, each against the others. What is missing stays on the right.
    /// </summary>
    [SkipLocalsInit]
    private void FindCategories(BinColumn column, int number, Vector128<long>* cells, NodeSums node, OutputBounds bounds, ref SplitChoice best)
    {
        Span<double> keys = stackalloc double[MaximumBins];
        Span<int> bins = stackalloc int[MaximumBins];
        int used = 0;
        for (int bin = 0; bin < column.ValueBins; bin++)
        {
            var cell = new NodeSums(cells[bin][0], cells[bin][1]);
            if (Count(cell) == 0) continue;
            keys[used] = Gradient(cell) / (Hessian(cell) + options.CategorySmoothing);
            bins[used++] = bin;
        }
        if (used <= options.OneAgainstOthersUpTo)
        {
            for (int i = 0; i < used; i++) Try(cells, bins.Slice(i, 1), new NodeSums(cells[bins[i]][0], cells[bins[i]][1]), node, bounds, _l2, number, ref best);
            return;
        }
        keys[..used].Sort(bins[..used]);
        int most = Math.Min(options.MaximumCategoriesPerSplit, (used + 1) / 2), group = options.MinimumRowsPerCategoryGroup;
        for (int end = 0; end < 2; end++)
        {
            NodeSums left = default;
            int rows = 0;
            for (int i = 0; i < Math.Min(most, used - 1); i++)
            {
                var cell = new NodeSums(cells[bins[i]][0], cells[bins[i]][1]);
                left += cell;
                rows += Count(cell);
                if (Count(node) - Count(left) < group) break;
                if (rows < group) continue;
                rows = 0;
                Try(cells, bins[..(i + 1)], left, node, bounds, _l2 + options.CategoryL2, number, ref best);
            }
            bins[..used].Reverse();
        }
    }

    private void Try(Vector128<long>* cells, ReadOnlySpan<int> bins, NodeSums left, NodeSums node, OutputBounds bounds, double l2, int number, ref SplitChoice best)
    {
        NodeSums right = node - left;
        if (!Allowed(left, right)) return;
        double gl = Gradient(left), hl = Hessian(left), gr = Gradient(right), hr = Hessian(right);
        double score = IsPlain(bounds) ? Plain(gl, hl, l2) + Plain(gr, hr, l2) : ScoreOf(gl, hl, l2, Output(gl, hl, l2, bounds)) + ScoreOf(gr, hr, l2, Output(gr, hr, l2, bounds));
        if (score <= best.Score) return;
        var set = new BinSet();
        foreach (int bin in bins) set.Add(bin);
        best = new SplitChoice { Score = score, Column = number, Bin = -1, Found = true, Left = left, Set = set };
    }

    private bool Allowed(NodeSums left, NodeSums right) =>
        Count(left) >= _minimumRows && Count(right) >= _minimumRows && Hessian(left) >= MinimumHessian && Hessian(right) >= MinimumHessian;

    /// <summary>The score of a split whose values have bounds; null where it may not be.</summary>
    private double? Bounded(NodeSums left, NodeSums right, OutputBounds bounds, int monotone)
    {
        if (!Allowed(left, right)) return null;
        double gl = Gradient(left), hl = Hessian(left), gr = Gradient(right), hr = Hessian(right);
        double low = Output(gl, hl, _l2, bounds), high = Output(gr, hr, _l2, bounds);
        if ((monotone > 0 && low > high) || (monotone < 0 && low < high)) return null;
        return ScoreOf(gl, hl, _l2, low) + ScoreOf(gr, hr, _l2, high);
    }

    private bool IsPlain(OutputBounds bounds) => options.MaximumOutput <= 0 && bounds.IsOpen;

    private double Soft(double g) => _l1 == 0 ? g : Math.Sign(g) * Math.Max(0, Math.Abs(g) - _l1);

    private double Plain(double g, double h, double l2) => h + l2 > 0 ? Soft(g) * Soft(g) / (h + l2) : 0;

    private double ScoreOf(double g, double h, double l2, double output) => -(2 * Soft(g) * output + (h + l2) * output * output);

    private double Output(double g, double h, double l2, OutputBounds bounds)
    {
        if (!(h + l2 > 0)) return 0;
        double output = -Soft(g) / (h + l2);
        if (options.MaximumOutput > 0) output = Math.Clamp(output, -options.MaximumOutput, options.MaximumOutput);
        return Math.Clamp(output, bounds.Low, bounds.High);
    }
}

/// <summary>What the values of a leaf may be, so that scores rise or fall with a feature as they are to.</summary>
internal readonly record struct OutputBounds(double Low, double High)
{
    internal static readonly OutputBounds Open = new(double.NegativeInfinity, double.PositiveInfinity);

    internal bool IsOpen => double.IsNegativeInfinity(Low) && double.IsPositiveInfinity(High);
}
