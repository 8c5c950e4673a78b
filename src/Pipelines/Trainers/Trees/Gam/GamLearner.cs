namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Learns one function per feature, in rounds: all features look at the same steps that the loss asks for, each finds the split of
/// its bins that explains them best, and adds the learning rate times the mean step of either side. Missing values are a side of
/// their own. So features that are alike share what they explain.
/// </summary>
/// <remarks>Lou, Caruana and Gehrke, "Intelligible Models for Classification and Regression" (2012).</remarks>
internal sealed class GamLearner<TLoss> where TLoss : struct, IGamLoss
{
    // A round on fewer values is done before threads have agreed on it.
    private const int BlockRows = 2048, ValuesForThreads = 250_000;

    private readonly TLoss _loss;
    private readonly GamOptionsBase _options;
    private readonly ParallelOptions _threads;
    private readonly TrainingSet _examples;
    private readonly BinnedFeatures _binned;
    private readonly Split[] _splits;

    // How much the effect of each bin is above that of the bin before it.
    private readonly double[][] _rises;
    private readonly double[] _steps;
    private readonly double[] _scores;

    internal GamLearner(TLoss loss, TrainingSet examples, GamOptionsBase options)
    {
        (_loss, _examples, _options) = (loss, examples, options);
        bool isSmall = (long)examples.RowCount * examples.Features.ColumnCount < ValuesForThreads;
        _threads = new ParallelOptions { MaxDegreeOfParallelism = isSmall ? 1 : options.NumberOfThreads ?? Environment.ProcessorCount };
        _binned = BinnedFeatures.Of(examples.Features, options.MaximumBinCountPerFeature, options.MinimumExampleCountPerLeaf, _threads.MaxDegreeOfParallelism);
        _splits = new Split[_binned.Count];
        _rises = [.. Enumerable.Range(0, _binned.Count).Select(feature => new double[_binned.BinsOf(feature)])];
        (_steps, _scores) = (new double[examples.RowCount], new double[examples.RowCount]);
    }

    internal ShapeFunctions Learn(string name, TrainingEnvironment environment, TrainingSet? validation)
    {
        if (!_options.EnablePruning) validation = null;
        ushort[][] others = validation is null ? [] : _binned.CodesOf(validation.Features);
        double[] otherScores = new double[validation?.RowCount ?? 0];
        bool mayMiss = MayMiss(_binned.Codes), othersMayMiss = MayMiss(others);
        double[][]? best = null;
        double bestLoss = double.PositiveInfinity;
        for (int round = 0; round < _options.NumberOfIterations; round++)
        {
            ComputeSteps();
            Run(_splits.Length, FindSplit);
            for (int feature = 0; feature < _splits.Length; feature++) Add(feature);
            AddTo(_scores, _binned.Codes, mayMiss);
            double? loss = null;
            if (validation is not null)
            {
                AddTo(otherScores, others, othersMayMiss);
                loss = MeanLoss(validation, otherScores);
                if (loss < bestLoss) (bestLoss, best) = (loss.Value, [.. _rises.Select(rises => (double[])rises.Clone())]);
            }
            environment.Report(name, round + 1, _options.NumberOfIterations, loss);
        }
        return ToShapes(best ?? _rises);
    }

    private bool MayMiss(ushort[][] codes) => Enumerable.Range(0, codes.Length).Any(feature => Array.IndexOf(codes[feature], (ushort)(_binned.BinsOf(feature) - 1)) >= 0);

    private void ComputeSteps() => InBlocks(_steps.Length, (start, end) =>
    {
        Span<double> steps = _steps.AsSpan(start..end);
        _loss.Steps(_examples.Labels.AsSpan(start..end), _scores.AsSpan(start..end), steps);
        for (int i = 0; _examples.Weights is { } weights && i < steps.Length; i++) steps[i] *= weights[start + i];
    });

    private void FindSplit(int feature)
    {
        int bins = _binned.BinsOf(feature);
        var sums = new BinSum[bins];
        ushort[] codes = _binned.Codes[feature];
        float[]? weights = _examples.Weights;
        if (weights is null)
        {
            for (int row = 0; row < codes.Length; row++)
            {
                ref BinSum bin = ref sums[codes[row]];
                bin.Steps += _steps[row];
                bin.Rows++;
            }
        }
        else
        {
            for (int row = 0; row < codes.Length; row++)
            {
                ref BinSum bin = ref sums[codes[row]];
                bin.Steps += _steps[row];
                bin.Weight += weights[row];
                bin.Rows++;
            }
        }
        _splits[feature] = BestSplit(sums, weights is not null);
    }

    /// <summary>The split of the bins whose sides have the largest sum of squared steps by weight.</summary>
    private Split BestSplit(BinSum[] bins, bool weighted)
    {
        BinSum missing = bins[^1], all = default;
        for (int bin = 0; bin < bins.Length - 1; bin++) all = all.Plus(bins[bin]);
        int minimum = _options.MinimumExampleCountPerLeaf;
        double bestGain = double.NegativeInfinity, entropy = _options.EntropyCoefficient * 1e-6;
        int best = -1;
        BinSum left = default, bestLeft = default;
        for (int bin = 0; bin < bins.Length - 2; bin++)
        {
            left = left.Plus(bins[bin]);
            if (left.Rows < minimum) continue;
            BinSum right = all.Less(left);
            if (right.Rows < minimum) break;
            double gain = left.Gain(weighted) + right.Gain(weighted);
            if (entropy > 0) gain += entropy * (XLogX(all.Rows) - XLogX(left.Rows) - XLogX(right.Rows));
            // As in ML.NET, of equal splits the one at the higher bin.
            if (gain >= bestGain) (bestGain, best, bestLeft) = (gain, bin, left);
        }
        if (best < 0 || !(bestGain > all.Gain(weighted))) return default;
        return new Split(best, Output(bestLeft), Output(all.Less(bestLeft)), missing.Rows >= minimum ? Output(missing) : 0);

        double Output(BinSum side) => _options.LearningRate * Math.Clamp(side.Mean(weighted), -_options.MaximumTreeOutput, _options.MaximumTreeOutput);
    }

    private static double XLogX(double x) => x * Math.Log(x);

    private void Add(int feature)
    {
        Split split = _splits[feature];
        double[] rises = _rises[feature];
        rises[0] += split.Left;
        rises[split.Bin + 1] += split.Right - split.Left;
        rises[^1] += split.Missing;
    }

    private void AddTo(double[] scores, ushort[][] codes, bool mayMiss) => InBlocks(scores.Length, (start, end) =>
    {
        for (int feature = 0; feature < codes.Length; feature++)
        {
            Split split = _splits[feature];
            int missing = _binned.BinsOf(feature) - 1;
            ReadOnlySpan<ushort> column = codes[feature].AsSpan(start..end);
            Span<double> block = scores.AsSpan(start..end);
            if (!mayMiss)
            {
                for (int row = 0; row < column.Length; row++) block[row] += column[row] <= split.Bin ? split.Left : split.Right;
                continue;
            }
            for (int row = 0; row < column.Length; row++) block[row] += column[row] <= split.Bin ? split.Left : column[row] == missing ? split.Missing : split.Right;
        }
    });

    private double MeanLoss(TrainingSet rows, double[] scores)
    {
        double sum = 0, weights = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            sum += rows.WeightOf(row) * _loss.Loss(rows.Labels[row], scores[row]);
            weights += rows.WeightOf(row);
        }
        return sum / weights;
    }

    /// <summary>The sums of the rises, less the mean over the training set, which goes to the intercept; bins that no split parted become one.</summary>
    private ShapeFunctions ToShapes(double[][] rises)
    {
        double intercept = 0;
        double[][] bounds = new double[rises.Length][], effects = new double[rises.Length][];
        double[] missing = new double[rises.Length];
        for (int feature = 0; feature < rises.Length; feature++)
        {
            double[] all = new double[rises[feature].Length];
            for (int bin = 0; bin < all.Length - 1; bin++) all[bin] = (bin == 0 ? 0 : all[bin - 1]) + rises[feature][bin];
            all[^1] = rises[feature][^1];
            double mean = Mean(all, _binned.Codes[feature]);
            intercept += mean;
            int[] kept = [.. Enumerable.Range(0, all.Length - 1).Where(bin => bin == 0 || rises[feature][bin] != 0)];
            effects[feature] = Array.ConvertAll(kept, bin => all[bin] - mean);
            bounds[feature] = [.. kept.Skip(1).Select(bin => _binned.Bounds[feature][bin - 1]), double.PositiveInfinity];
            missing[feature] = all[^1] - mean;
        }
        return new ShapeFunctions(_examples.Features.ColumnCount, _binned.Features, bounds, effects, missing, intercept);
    }

    private double Mean(double[] effects, ushort[] codes)
    {
        double sum = 0, weights = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            sum += _examples.WeightOf(row) * effects[codes[row]];
            weights += _examples.WeightOf(row);
        }
        return sum / weights;
    }

    private void InBlocks(int rows, Action<int, int> run)
    {
        int blocks = (rows + BlockRows - 1) / BlockRows;
        Run(blocks, block => run(block * BlockRows, Math.Min(rows, (block + 1) * BlockRows)));
    }

    private void Run(int count, Action<int> body)
    {
        if (_threads.MaxDegreeOfParallelism > 1) Parallel.For(0, count, _threads, body);
        else for (int i = 0; i < count; i++) body(i);
    }

    private readonly record struct Split(int Bin, double Left, double Right, double Missing);

    private struct BinSum
    {
        internal double Steps;
        internal double Weight;
        internal int Rows;

        internal readonly BinSum Plus(BinSum other) => new() { Steps = Steps + other.Steps, Weight = Weight + other.Weight, Rows = Rows + other.Rows };

        internal readonly BinSum Less(BinSum other) => new() { Steps = Steps - other.Steps, Weight = Weight - other.Weight, Rows = Rows - other.Rows };

        internal readonly double Mean(bool weighted) => (weighted ? Weight : Rows) is > 0 and var weight ? Steps / weight : 0;

        internal readonly double Gain(bool weighted) => Steps * Mean(weighted);
    }
}
