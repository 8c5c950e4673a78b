namespace MLPipelines.AutoML;

/// <summary>
/// How far below the best loss a point is expected to come, by a random forest over the trials so far. Points on their way
/// count at what the forest expects of them, so that the next goes elsewhere.
/// </summary>
internal sealed class ExpectedImprovement
{
    private readonly RegressionForest _forest;
    private readonly double _best;

    public ExpectedImprovement(IReadOnlyCollection<(double[] Point, double Loss)> history, IReadOnlyCollection<double[]> pending, SmacOptions options, Random random)
    {
        List<double[]> points = [.. history.Select(trial => trial.Point)];
        List<double> losses = Limited(history);
        _best = losses.Min();
        _forest = Learn();
        if (pending.Count == 0) return;
        losses.AddRange([.. pending.Select(point => _forest.Predict(point).Mean)]);
        points.AddRange(pending);
        _forest = Learn();

        RegressionForest Learn() => new(points, losses, options.NumberOfTrees, options.NMinForSpit, options.SplitRatio, random);
    }

    public double At(double[] point)
    {
        (double mean, double variance) = _forest.Predict(point);
        double deviation = Math.Sqrt(variance);
        if (deviation < 1e-12) return Math.Max(_best - mean, 0);
        double z = (_best - mean) / deviation;
        return (_best - mean) * NormalDistribution.Cumulative(z) + deviation * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>
    /// The losses, none further above the middle one than twice its distance from the best: a trial that went astray by
    /// orders of magnitude must not hide the differences among good ones.
    /// </summary>
    private static List<double> Limited(IReadOnlyCollection<(double[] Point, double Loss)> history)
    {
        double[] sorted = [.. history.Select(trial => trial.Loss).Order()];
        double middle = sorted[sorted.Length / 2], limit = middle + 2 * (middle - sorted[0]);
        return [.. history.Select(trial => Math.Min(trial.Loss, limit))];
    }
}
