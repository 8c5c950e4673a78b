namespace MLPipelines.TimeSeries;

/// <summary>Repeats the last season; without seasons, or with less than one of them, the last value.</summary>
public sealed class SeasonalNaiveMethod : ForecastMethod
{
    public override string Name => "SeasonalNaive";

    public override string? ObjectionTo(Series series) => series.Length > 0 ? null : "it has no values";

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        int season = series.Length >= series.Season ? series.Season : 1;
        ReadOnlySpan<double> values = series.Values.Span;
        double squares = 0;
        for (int i = season; i < values.Length; i++) squares += (values[i] - values[i - season]) * (values[i] - values[i - season]);
        int differences = values.Length - season;
        return new SeasonalNaiveModel(values[^season..].ToArray(), differences > 0 ? Math.Sqrt(squares / differences) : 0);
    }
}
