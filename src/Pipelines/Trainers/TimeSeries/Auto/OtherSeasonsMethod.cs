namespace MLPipelines.TimeSeries;

/// <summary>Another method, which is told of other seasons than the series has.</summary>
/// <param name="inner">The method.</param>
/// <param name="choose">The seasons that it is told of, from those of the series.</param>
internal sealed class OtherSeasonsMethod(ForecastMethod inner, Func<IReadOnlyList<int>, IReadOnlyList<int>> choose) : ForecastMethod
{
    public override string Name => inner.Name;

    public override string? ObjectionTo(Series series) => inner.ObjectionTo(Of(series));

    public override SeriesModel Fit(Series series, TrainingEnvironment environment) => inner.Fit(Of(series), environment);

    private Series Of(Series series) => new(series.Name, series.Values, series.Seasons.Count == 0 ? [] : choose(series.Seasons));
}
