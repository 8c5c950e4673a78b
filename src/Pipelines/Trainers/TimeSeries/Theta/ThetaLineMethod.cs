namespace MLPipelines.TimeSeries;

/// <summary>Theta without seasons.</summary>
internal sealed class ThetaLineMethod(ThetaForm form) : ForecastMethod
{
    private const int LeastLength = 5;

    public override string Name => "Theta";

    public override string? ObjectionTo(Series series) => series.Length >= LeastLength ? null : $"it has {series.Length} values, and {LeastLength} are needed";

    public override SeriesModel Fit(Series series, TrainingEnvironment environment) => new ThetaFit(series.Values.Span, form).Best();
}
