namespace MLPipelines;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>
    /// The share that is less than x, to about 15 digits after the decimal point: ½ + φ(x) · Σ x^(2k+1) / (1·3·…·(2k+1))
    /// (Marsaglia 2004, "Evaluating the Normal Distribution"). NaN for NaN.
    /// </summary>
    internal static double Cumulative(double x)
    {
        if (x > 8.3) return 1;
        if (x < -8.3) return 0;
        double term = x, sum = x;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
        {
            term *= x * x / k;
            sum += term;
        }
        return Math.Clamp(0.5 + (sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)), 0, 1);
    }

    /// <summary>The number that a share is less than; infinite for 0 and 1.</summary>
    internal static double Quantile(double share)
    {
        if (share is <= 0 or >= 1) return share <= 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (share < 0.5) return -Quantile(1 - share);
        // Above the middle the distribution bends down: Newton's steps come nearer from below and never pass the goal.
        double x = 0;
        while (true)
        {
            double next = x + (share - Cumulative(x)) * Math.Sqrt(2 * Math.PI) * Math.Exp(0.5 * x * x);
            if (!(next > x + 1e-15 * next)) return x;
            x = next;
        }
    }
}
