using MLPipelines.Data;

namespace MLPipelines.Vision;

/// <summary>
/// Draws from the symmetric beta distribution: g / (g + h) with two draws of the gamma distribution (Marsaglia and Tsang, 2000, with
/// their way to parameters below 1).
/// </summary>
internal static class BetaShare
{
    internal static float Draw(double alpha, ref SplitMixRandom random)
    {
        if (alpha <= 0) return 1;
        // In logarithms: with a small parameter both draws may be too small for a number.
        double first = LogGamma(alpha, ref random), second = LogGamma(alpha, ref random), larger = Math.Max(first, second);
        double one = Math.Exp(first - larger), other = Math.Exp(second - larger);
        return (float)(one / (one + other));
    }

    private static double LogGamma(double alpha, ref SplitMixRandom random)
    {
        double boost = 0;
        if (alpha < 1)
        {
            boost = Math.Log(Uniform(ref random)) / alpha;
            alpha++;
        }
        double d = alpha - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Math.Sqrt(-2 * Math.Log(Uniform(ref random))) * Math.Cos(2 * Math.PI * random.NextSingle());
            double v = 1 + c * normal;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(Uniform(ref random)) < normal * normal / 2 + d * (1 - v + Math.Log(v))) return Math.Log(d * v) + boost;
        }
    }

    /// <summary>A number above 0 and below 1.</summary>
    private static double Uniform(ref SplitMixRandom random) => random.NextSingle() + 0.5 / (1 << 24);
}
