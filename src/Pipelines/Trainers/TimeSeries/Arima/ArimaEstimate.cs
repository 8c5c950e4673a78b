namespace MLPipelines.TimeSeries;

/// <summary>The coefficients of an ARIMA model, found on the differenced series, and how well they fit.</summary>
/// <param name="Orders">The form.</param>
/// <param name="Coefficients">φ, θ, Φ and Θ, one after the other.</param>
/// <param name="Mean">The mean of the differenced series.</param>
/// <param name="Variance">Of the errors, with the degrees of freedom taken off.</param>
/// <param name="LogLikelihood">Exact, or that of the conditional sum of squares.</param>
/// <param name="Criterion">Akaike's, corrected for short series; infinite where the series is too short for the form.</param>
/// <param name="State">The state at the end.</param>
/// <param name="Gain">How the next innovation moves it.</param>
internal sealed record ArimaEstimate(
    ArimaOrders Orders, double[] Coefficients, double Mean, double Variance, double LogLikelihood, double Criterion, double[] State, double[] Gain)
{
    // Roots nearer to the unit circle make forecasts that the data do not support (Hyndman and Khandakar 2008, section 3.2).
    private const double LeastRoot = 1.01;

    internal ReadOnlySpan<double> AR => Coefficients.AsSpan(0, Orders.AR);

    internal ReadOnlySpan<double> MA => Coefficients.AsSpan(Orders.AR, Orders.MA);

    internal ReadOnlySpan<double> SeasonalAR => Coefficients.AsSpan(Orders.AR + Orders.MA, Orders.SeasonalAR);

    internal ReadOnlySpan<double> SeasonalMA => Coefficients.AsSpan(Orders.AR + Orders.MA + Orders.SeasonalAR, Orders.SeasonalMA);

    /// <summary>Whether the roots keep a distance from the unit circle.</summary>
    internal bool IsSound(int season)
    {
        double seasonal = Math.Pow(LeastRoot, season);
        return ArmaPolynomial.RootsLieOutside(AR, LeastRoot) && ArmaPolynomial.RootsLieOutside(Negated(MA), LeastRoot)
            && ArmaPolynomial.RootsLieOutside(SeasonalAR, seasonal) && ArmaPolynomial.RootsLieOutside(Negated(SeasonalMA), seasonal);
    }

    internal static double[] Negated(ReadOnlySpan<double> coefficients)
    {
        double[] negated = new double[coefficients.Length];
        for (int i = 0; i < negated.Length; i++) negated[i] = -coefficients[i];
        return negated;
    }
}
