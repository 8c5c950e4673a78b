namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// Moves forecasts that contradict each other to the nearest that do not, the uncertain ones farther than the certain: minimum trace
/// (Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through Trace
/// Minimization"), in the form for any linear equations C y = 0: ỹ = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ with W the covariance of the errors of ŷ, and that of ỹ is
/// W − W Cᵀ (C W Cᵀ)⁻¹ C W. Equations may depend on each other.
/// </summary>
internal sealed class Reconciliation
{
    // Beside the widest line: what is certain to the last digit moves only where nothing else can.
    private const double LeastDeviation = 1e-7;

    private readonly double[][] _equations;
    private readonly double[,] _correlation;

    /// <param name="lines">The lines, in the order of all numbers.</param>
    /// <param name="identities">What is to hold; of these lines.</param>
    /// <param name="correlation">How the errors of lines are correlated.</param>
    internal Reconciliation(IReadOnlyList<string> lines, IReadOnlyList<AccountingIdentity> identities, double[,] correlation)
    {
        _correlation = correlation;
        _equations = new double[identities.Count][];
        for (int i = 0; i < _equations.Length; i++)
        {
            _equations[i] = new double[lines.Count];
            foreach (IdentityTerm term in identities[i].Terms) _equations[i][IndexOf(lines, term.Line)] = term.Factor;
        }
    }

    /// <summary>Reconciles the forecasts of one period.</summary>
    /// <param name="means">The forecast of each line; replaced.</param>
    /// <param name="deviations">The standard deviation of the error of each; replaced.</param>
    internal void Apply(Span<double> means, Span<double> deviations)
    {
        int lines = means.Length, count = _equations.Length;
        if (count == 0) return;
        double widest = 0;
        foreach (double deviation in deviations) widest = Math.Max(widest, deviation);
        double least = widest > 0 ? widest * LeastDeviation : 1;
        double[] scale = new double[lines];
        for (int i = 0; i < lines; i++) scale[i] = Math.Max(deviations[i], least);
        // Row by row W Cᵀ, transposed, and the lower triangle of C W Cᵀ.
        double[][] weighted = [.. _equations.Select(equation => Weighted(equation, scale))];
        double[] gram = new double[count * (count + 1) / 2];
        for (int i = 0, at = 0; i < count; i++)
            for (int j = 0; j <= i; j++) gram[at++] = Dot(_equations[i], weighted[j]);
        var factor = new SymmetricFactor(gram, 0, new bool[count], CancellationToken.None);
        double[] moves = new double[count];
        // The second time takes away what rounding has left.
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = 0; i < count; i++) moves[i] = Dot(_equations[i], means);
            factor.Solve(moves);
            for (int i = 0; i < count; i++)
                for (int line = 0; line < lines; line++) means[line] -= weighted[i][line] * moves[i];
        }
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < count; i++) moves[i] = weighted[i][line];
            factor.Solve(moves);
            double less = 0;
            for (int i = 0; i < count; i++) less += weighted[i][line] * moves[i];
            double variance = (scale[line] * scale[line]) - less;
            deviations[line] = variance > scale[line] * scale[line] * 1e-14 ? Math.Sqrt(variance) : 0;
        }
    }

    private double[] Weighted(double[] equation, double[] scale)
    {
        double[] product = new double[scale.Length];
        for (int i = 0; i < product.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < product.Length; j++) sum += _correlation[i, j] * scale[j] * equation[j];
            product[i] = scale[i] * sum;
        }
        return product;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);

    private static int IndexOf(IReadOnlyList<string> lines, string line)
    {
        for (int i = 0; i < lines.Count; i++)
            if (lines[i] == line) return i;
        throw new ArgumentException($"There is no line '{line}'.", nameof(line));
    }
}
