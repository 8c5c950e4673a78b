using System.Diagnostics;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>Another method, and once its time is over a quick one. Which series get which depends on the machine.</summary>
internal sealed class TimeLimitedMethod(ForecastMethod inner, TimeSpan limit) : ForecastMethod
{
    private static readonly ForecastMethod Quick = new ThetaMethod();

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public override string Name => inner.Name;

    public override string? ObjectionTo(Series series) => inner.ObjectionTo(series);

    public override SeriesModel Fit(Series series, TrainingEnvironment environment) =>
        (_watch.Elapsed < limit || Quick.ObjectionTo(series) is not null ? inner : Quick).Fit(series, environment);
}
