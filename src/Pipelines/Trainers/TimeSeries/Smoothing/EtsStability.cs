namespace MLPipelines.TimeSeries;

/// <summary>Whether a seasonal form with a trend forgets the distant past (Hyndman, Akram &amp; Archibald 2008): the roots of its characteristic polynomial lie within the unit circle.</summary>
internal static class EtsStability
{
    internal static bool Holds(in EtsParameters parameters, int season)
    {
        (double alpha, double beta, double gamma, double phi) = parameters;
        double inner = alpha + beta - (alpha * phi);
        // Coefficients from the highest power down; steps of the Schur-Cohn recursion lower the degree while |constant| < |leading|.
        Span<double> polynomial = season < 256 ? stackalloc double[season + 2] : new double[season + 2];
        polynomial.Fill(inner);
        polynomial[0] = 1;
        polynomial[1] = alpha + beta - phi;
        polynomial[^2] = inner + gamma - 1;
        polynomial[^1] = phi * (1 - alpha - gamma);
        for (int degree = season + 1; degree > 0; degree--)
        {
            double ratio = polynomial[degree] / polynomial[0];
            if (!(Math.Abs(ratio) < 1)) return false;
            for (int low = 0, high = degree; low <= high; low++, high--)
            {
                (double first, double last) = (polynomial[low], polynomial[high]);
                polynomial[low] = first - (ratio * last);
                polynomial[high] = last - (ratio * first);
            }
        }
        return true;
    }
}
