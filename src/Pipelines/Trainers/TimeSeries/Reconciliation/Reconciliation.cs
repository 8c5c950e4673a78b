namespace MLPipelines.TimeSeries;

/// <summary>
/// Moves forecasts that contradict each other to the nearest that do not, the uncertain ones farther than the certain: minimum trace
/// (Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through Trace
/// Minimization"), in the form for any linear equations C y = 0: ỹ = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ with W the covariance of the errors of ŷ, and that of ỹ is
/// W − W Cᵀ (C W Cᵀ)⁻¹ C W. Equations may depend on each other.
/// </summary>
internal sealed class Reconciliation
{
    // Beside the widest series: what is certain to the last digit moves only where nothing else can.
    private const double LeastDeviation = 1e-7;

    /// <param name="equations">The factors of all series in each equation; their sums are to be 0.</param>
    /// <param name="correlation">How the errors of series are correlated.</param>
    internal Reconciliation(double[][] equations, double[,] correlation) => (Equations, Correlation) = (equations, correlation);

    internal double[][] Equations { get; }

    internal double[,] Correlation { get; }

    /// <summary>Reconciles the forecasts of one time.</summary>
    /// <param name="means">The forecast of each series; replaced.</param>
    /// <param name="deviations">The standard deviation of the error of each; replaced.</param>
    internal void Apply(Span<double> means, Span<double> deviations)
    {
        int series = means.Length, count = Equations.Length;
        if (count == 0) return;
        double widest = 0;
        foreach (double deviation in deviations) widest = Math.Max(widest, deviation);
        double least = widest > 0 ? widest * LeastDeviation : 1;
        double[] scale = new double[series];
        for (int i = 0; i < series; i++) scale[i] = Math.Max(deviations[i], least);
        // Row by row W Cᵀ, transposed, and the lower triangle of C W Cᵀ.
        double[][] weighted = [.. Equations.Select(equation => Weighted(equation, scale))];
        double[] gram = new double[count * (count + 1) / 2];
        for (int i = 0, entry = 0; i < count; i++)
            for (int j = 0; j <= i; j++) gram[entry++] = Dot(Equations[i], weighted[j]);
        var factor = new SymmetricFactor(gram, 0, new bool[count], CancellationToken.None);
        double[] moves = new double[count];
        // The second time takes away what rounding has left.
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = 0; i < count; i++) moves[i] = Dot(Equations[i], means);
            factor.Solve(moves);
            for (int i = 0; i < count; i++)
                for (int at = 0; at < series; at++) means[at] -= weighted[i][at] * moves[i];
        }
        for (int at = 0; at < series; at++)
        {
            for (int i = 0; i < count; i++) moves[i] = weighted[i][at];
            factor.Solve(moves);
            double less = 0;
            for (int i = 0; i < count; i++) less += weighted[i][at] * moves[i];
            double variance = (scale[at] * scale[at]) - less;
            deviations[at] = variance > scale[at] * scale[at] * 1e-14 ? Math.Sqrt(variance) : 0;
        }
    }

    private double[] Weighted(double[] equation, double[] scale)
    {
        double[] product = new double[scale.Length];
        for (int i = 0; i < product.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < product.Length; j++) sum += Correlation[i, j] * scale[j] * equation[j];
            product[i] = scale[i] * sum;
        }
        return product;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);
}
