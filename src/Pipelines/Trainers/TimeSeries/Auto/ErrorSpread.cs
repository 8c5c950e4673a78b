namespace MLPipelines.TimeSeries;

/// <summary>How many times as large errors are as models expect, who take their own form for certain.</summary>
internal static class ErrorSpread
{
    // How many values a series needs for errors to be only twice as large as expected, by the competitions' series without their last values.
    private const double DoublingLength = 12;

    // How many origins the usual spread counts as much as.
    private const int UsualCount = 4;

    // A single broken season must not widen everything that comes after it.
    private const double LargestRatio = 6;

    /// <summary>What it is without evidence: the shorter a series, the less a model of it is sure.</summary>
    internal static double Usual(int length) => 1 + (DoublingLength / length);

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
        double usual = Usual(series.Length);
        return Math.Sqrt(((usual * usual * UsualCount) + (squares * plan.Count)) / (UsualCount + plan.Count));
    }
}
