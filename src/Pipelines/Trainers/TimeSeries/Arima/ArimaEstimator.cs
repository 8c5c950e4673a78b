using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>Estimates forms of ARIMA on one differenced series, by conditional sums of squares or by the exact likelihood; for one thread.</summary>
/// <param name="differenced">The differenced series.</param>
/// <param name="season">The length of a season.</param>
internal sealed class ArimaEstimator(double[] differenced, int season)
{
    private const double Tolerance = 1e-10;
    private const double RoughTolerance = 1e-6;
    private const double FarthestStart = 1.5;

    // What is worth another iteration is not to depend on the unit; powers of two lose nothing.
    private readonly double _unit = UnitOf(differenced);
    private readonly double[] _errors = new double[2 * differenced.Length];

    /// <summary>The best coefficients for a form.</summary>
    /// <param name="orders">The form.</param>
    /// <param name="isExact">By the exact likelihood, or by the conditional sum of squares.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal ArimaEstimate Estimate(ArimaOrders orders, bool isExact, CancellationToken cancellation)
    {
        double[] values = new double[differenced.Length];
        TensorPrimitives.Divide<double>(differenced, _unit, values);
        var filter = new ArmaFilter(orders.AR + orders.SeasonalAR * season, orders.MA + orders.SeasonalMA * season);
        double[] free = new double[orders.ParameterCount - 1 - (orders.HasConstant ? 1 : 0)];
        double[] coefficients = new double[free.Length];
        Minimize(false, isExact ? RoughTolerance : Tolerance);
        if (isExact)
        {
            // Near the unit circle the likelihood is flat, and a search would not come back.
            for (int i = 0; i < free.Length; i++) free[i] = Math.Clamp(free[i], -FarthestStart, FarthestStart);
            Minimize(true, Tolerance);
        }
        double variance = filter.Variance;
        int count = values.Length, parameters = orders.ParameterCount;
        // Conditional sums of squares have different numbers of terms; by their mean they compare (as in R's auto.arima).
        double likelihood = isExact ? filter.LogLikelihood : -0.5 * count * (Math.Log(2 * Math.PI * variance) + 1);
        likelihood -= count * Math.Log(_unit);
        double[] state = filter.EndState();
        TensorPrimitives.Multiply<double>(state, _unit, state);
        double criterion = count - parameters - 1 > 0 && double.IsFinite(likelihood)
            ? -2 * likelihood + 2 * parameters + 2.0 * parameters * (parameters + 1) / (count - parameters - 1) : double.PositiveInfinity;
        return new(orders, coefficients, filter.Mean * _unit, filter.SumOfSquares * _unit * _unit / Math.Max(1, count - parameters + 1), likelihood, criterion, state, [.. filter.Gain]);

        void Minimize(bool exactly, double tolerance)
        {
            QuasiNewtonMinimizer.Minimize(point =>
            {
                Run(point, exactly);
                return 0.5 * (Math.Log(filter.Variance) + filter.LogDeterminant / values.Length);
            }, free, tolerance, 100);
            cancellation.ThrowIfCancellationRequested();
            Run(free, exactly);
        }

        void Run(ReadOnlySpan<double> point, bool exactly)
        {
            Coefficients(orders, point, coefficients);
            Expand(orders, coefficients, season, filter.Phi, filter.Theta);
            if (exactly) filter.RunExactly(values, orders.HasConstant);
            else filter.RunConditionally(values, _errors, orders.HasConstant);
        }
    }

    /// <summary>Both polynomials as products of those of steps and of seasons.</summary>
    internal static void Expand(ArimaOrders orders, ReadOnlySpan<double> coefficients, int season, Span<double> phi, Span<double> theta)
    {
        int ma = orders.AR, seasonalAR = ma + orders.MA, seasonalMA = seasonalAR + orders.SeasonalAR;
        ArmaPolynomial.Multiply(coefficients[..ma], coefficients[seasonalAR..seasonalMA], season, phi);
        ArmaPolynomial.Multiply(ArimaEstimate.Negated(coefficients[ma..seasonalAR]), ArimaEstimate.Negated(coefficients[seasonalMA..]), season, theta);
        TensorPrimitives.Negate(theta, theta);
    }

    private static double UnitOf(ReadOnlySpan<double> values)
    {
        double size = TensorPrimitives.Norm(values);
        return double.IsNormal(size) ? Math.ScaleB(1, Math.ILogB(size)) : 1;
    }

    private static void Coefficients(ArimaOrders orders, ReadOnlySpan<double> free, Span<double> coefficients)
    {
        int ma = orders.AR, seasonalAR = ma + orders.MA, seasonalMA = seasonalAR + orders.SeasonalAR;
        ArmaPolynomial.FromFree(free[..ma], coefficients[..ma]);
        Invertible(free[ma..seasonalAR], coefficients[ma..seasonalAR]);
        ArmaPolynomial.FromFree(free[seasonalAR..seasonalMA], coefficients[seasonalAR..seasonalMA]);
        Invertible(free[seasonalMA..], coefficients[seasonalMA..]);
    }

    private static void Invertible(ReadOnlySpan<double> free, Span<double> coefficients)
    {
        ArmaPolynomial.FromFree(free, coefficients);
        TensorPrimitives.Negate(coefficients, coefficients);
    }
}
