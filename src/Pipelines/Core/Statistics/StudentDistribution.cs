namespace MLPipelines;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    private const double Tiny = 1e-300;

    // Lanczos' coefficients for g = 7 (Godfrey 2001).
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>How likely a value is that is at least so far from 0, on either side: I(ν / (ν + t²); ν/2, 1/2). NaN for NaN.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">ν, the degrees of freedom; above 0.</param>
    internal static double TwoSided(double t, double degrees)
    {
        if (double.IsNaN(t)) return double.NaN;
        if (double.IsInfinity(t)) return 0;
        return IncompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    }

    /// <summary>The regularized incomplete beta function, by its continued fraction (DLMF 8.17.22) in Lentz' way.</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        // The fraction converges fast on this side of the mean.
        if (x > (a + 1) / (a + b + 2)) return 1 - IncompleteBeta(1 - x, b, a);
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * double.LogP1(-x)) / a;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (int m = 1; m < 1000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            fraction *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15) break;
        }
        return front * fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        double sum = Lanczos[0], shifted = x - 1, top = shifted + 7.5;
        for (int i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (shifted + i);
        return 0.5 * Math.Log(2 * Math.PI) + (shifted + 0.5) * Math.Log(top) - top + Math.Log(sum);
    }
}
