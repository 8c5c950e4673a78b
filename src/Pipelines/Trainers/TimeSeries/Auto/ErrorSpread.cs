namespace MLPipelines.TimeSeries;

/// <summary>How many times as large errors are as models expect, who take their own form for certain.</summary>
internal static class ErrorSpread
{
    /// <summary>What it is without evidence, by the competitions' series without their last values.</summary>
    internal const double Usual = 1.1;

    // How many origins the usual spread counts as much as.
    private const int UsualCount = 4;

    // A single broken season must not widen everything that comes after it.
    private const double LargestRatio = 6;

    /// <summary>The root of the mean square of the ratios of errors to deviations in trials, drawn to what is usual.</summary>
    internal static double Of(Trial[] trials, double[] weights, TrialPlan plan, Series series)
    {
        double[] actual = plan.Actual(series);
        double squares = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double mean = 0, deviation = 0;
            for (int j = 0; j < trials.Length; j++)
            {
                mean += weights[j] * trials[j].Means[i];
                deviation += weights[j] * trials[j].Deviations[i];
            }
            double error = Math.Abs(actual[i] - mean), ratio = error > 0 ? Math.Min(error / deviation, LargestRatio) : 0;
            squares += ratio * ratio / actual.Length;
        }
        return Math.Sqrt(((Usual * Usual * UsualCount) + (squares * plan.Count)) / (UsualCount + plan.Count));
    }
}
