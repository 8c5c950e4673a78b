namespace MLPipelines.TimeSeries;

/// <summary>The errors of the forecasts of one series, added up per step of the horizon.</summary>
internal sealed class StepErrors(int horizon)
{
    private readonly double[] _symmetric = new double[horizon], _scaled = new double[horizon], _squared = new double[horizon];
    private readonly int[] _count = new int[horizon], _scaledCount = new int[horizon], _covered = new int[horizon];

    internal int Horizon => horizon;

    /// <param name="step">How far ahead, from 0.</param>
    /// <param name="actual">What came.</param>
    /// <param name="mean">What was expected.</param>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="scale">The mean absolute error of the seasonal naive forecast within the values that were learned from; 0 where it has none.</param>
    internal void Add(int step, double actual, double mean, double lower, double upper, double scale)
    {
        double error = Math.Abs(actual - mean), size = Math.Abs(actual) + Math.Abs(mean);
        // Nothing expected and nothing come is no error.
        if (size > 0) _symmetric[step] += 200 * error / size;
        _squared[step] += error * error;
        _count[step]++;
        if (actual >= lower && actual <= upper) _covered[step]++;
        if (!(scale > 0)) return;
        _scaled[step] += error / scale;
        _scaledCount[step]++;
    }

    /// <summary>The sums over some steps.</summary>
    internal ErrorSums Over(Range steps)
    {
        var (start, length) = steps.GetOffsetAndLength(horizon);
        var sums = default(ErrorSums);
        for (int i = start; i < start + length; i++)
            sums += new ErrorSums(_symmetric[i], _scaled[i], _squared[i], _count[i], _scaledCount[i], _covered[i]);
        return sums;
    }
}

/// <summary>Sums of errors.</summary>
internal readonly record struct ErrorSums(double Symmetric, double Scaled, double Squared, long Count, long ScaledCount, long Covered)
{
    public static ErrorSums operator +(ErrorSums a, ErrorSums b) => new(
        a.Symmetric + b.Symmetric, a.Scaled + b.Scaled, a.Squared + b.Squared, a.Count + b.Count, a.ScaledCount + b.ScaledCount, a.Covered + b.Covered);
}
