namespace MLPipelines.TimeSeries;

/// <summary>
/// What was learned of one series: fixed parameters, and a state that each further observation moves. It is immutable; whoever
/// follows the series keeps a copy of <see cref="State"/> and moves that.
/// </summary>
public abstract class SeriesModel
{
    private protected SeriesModel(double[] state) => State = state;

    /// <summary>The form that was chosen, such as <c>ETS(M,Ad,M)</c> or <c>ARIMA(0,1,1)(0,1,1)[12]</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of model in model files, a key of <see cref="SeriesModelTable"/>.</summary>
    internal abstract string Kind { get; }

    /// <summary>The state after the last observation; not to be written to.</summary>
    internal double[] State { get; }

    /// <summary>What follows the last observation.</summary>
    /// <param name="horizon">How many steps, 1 or more.</param>
    /// <param name="confidenceLevel">How often a value should lie within its bounds, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public SeriesForecast Forecast(int horizon, double confidenceLevel = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        if (confidenceLevel is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidenceLevel), confidenceLevel, "A confidence level lies between 0 and 1, such as 0.95.");
        double[] mean = new double[horizon], deviation = new double[horizon], lower = new double[horizon], upper = new double[horizon];
        Forecast(State, mean, deviation);
        double reach = NormalDistribution.Quantile((1 + confidenceLevel) / 2);
        for (int i = 0; i < horizon; i++) (lower[i], upper[i]) = (mean[i] - (reach * deviation[i]), mean[i] + (reach * deviation[i]));
        return new SeriesForecast(mean, lower, upper);
    }

    /// <summary>Moves a state by one step.</summary>
    /// <param name="state">A state of this model.</param>
    /// <param name="value">The observation; NaN for none, which the expected value stands in for.</param>
    internal abstract void Observe(Span<double> state, double value);

    /// <summary>What follows a state. It allocates nothing in proportion to the length of the series.</summary>
    /// <param name="state">A state of this model.</param>
    /// <param name="mean">Receives the expected values of the next steps; its length is the horizon.</param>
    /// <param name="deviation">Receives the standard deviation of the error of each; as long as <paramref name="mean"/>, or empty when it is not wanted.</param>
    internal abstract void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation);

    /// <summary>The model with another state.</summary>
    internal abstract SeriesModel At(double[] state);

    /// <summary>Writes the parameters; the state is written by the writer.</summary>
    internal abstract void Save(SeriesModelWriter writer);
}

/// <summary>What is expected of the next steps of a series.</summary>
/// <param name="Mean">The expected values, the next step first.</param>
/// <param name="Lower">The values that few fall below.</param>
/// <param name="Upper">The values that few exceed.</param>
public sealed record SeriesForecast(IReadOnlyList<double> Mean, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
