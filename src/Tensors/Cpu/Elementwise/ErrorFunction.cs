namespace MLPipelines.Tensors.Cpu;

/// <summary>The complementary error function.</summary>
internal static class ErrorFunction
{
    /// <summary>erfc x by Chebyshev's approximation (Press and others, Numerical Recipes, third edition, 6.2.2), relative error below 1.2e-7.</summary>
    internal static double Complement(double x)
    {
        double t = 2 / (2 + Math.Abs(x));
        double tail = t * Math.Exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
        return x >= 0 ? tail : 2 - tail;
    }
}
