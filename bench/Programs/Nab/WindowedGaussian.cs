namespace MLPipelines.Programs;

/// <summary>
/// The benchmark's simplest detector, to check the scoring by: how far a value is in the middle of the normal distribution of the
/// last 6,400 values, which move on in steps of 100.
/// </summary>
internal static class WindowedGaussian
{
    private const int Window = 6400, Step = 100;

    internal static double[] Score(double[] values)
    {
        double[] scores = new double[values.Length];
        (double mean, double deviation) = (0, 1);
        for (int row = 0; row < values.Length; row++)
        {
            if (row > 0) scores[row] = MiddleShare(Math.Abs(values[row] - mean) / deviation);
            int seen = row + 1;
            if (seen > Window && (seen - Window) % Step != 0) continue;
            ReadOnlySpan<double> window = values.AsSpan(Math.Max(0, seen - Window), Math.Min(seen, Window));
            (mean, deviation) = Moments(window);
            if (deviation == 0) deviation = 1e-6;
        }
        return scores;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values) sum += value;
        double mean = sum / values.Length;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / values.Length));
    }

    /// <summary>1 less the upper tail of the normal distribution, to the 12 digits that the published scores were made of: beyond them all are equal.</summary>
    private static double MiddleShare(double z) => Math.Round(MathNet.Numerics.Distributions.Normal.CDF(0, 1, z), 12);
}
