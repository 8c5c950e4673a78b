namespace MLPipelines.TimeSeries;

/// <summary>A way to learn to forecast a series. It holds options, never what was learned; it is safe to use from many threads.</summary>
public abstract class ForecastMethod
{
    /// <summary>What it is called in tables and messages, such as <c>ETS</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Why it cannot be fitted to a series, in a clause such as <c>it has 3 values, and 8 are needed</c>; <see langword="null"/> when it can.</summary>
    public virtual string? ObjectionTo(Series series) => null;

    /// <summary>Learns a model that stands at the end of the series.</summary>
    /// <param name="series">A series that there is no objection to.</param>
    /// <param name="environment">Seed and cancellation.</param>
    public abstract SeriesModel Fit(Series series, TrainingEnvironment environment);
}
