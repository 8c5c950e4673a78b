namespace MLPipelines.TimeSeries;

/// <summary>
/// Takes the season out, where <see cref="SeasonalityTest"/> finds one, forecasts what is left with another method, and puts the season back.
/// The season is a <see cref="ClassicalDecomposition"/>: multiplicative where all values are positive, else additive.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="inner">The method for the adjusted series, which has no seasons.</param>
public class SeasonallyAdjustedMethod(string name, ForecastMethod inner) : ForecastMethod
{
    // A figure this near to 0 would blow up what it divides.
    private const double LeastFigure = 1e-4;

    public override string Name => name;

    public override string? ObjectionTo(Series series) => inner.ObjectionTo(new Series(series.Name, series.Values));

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(series);
        ClassicalDecomposition? decomposition = Decompose(series);
        if (decomposition is null) return inner.Fit(new Series(series.Name, series.Values), environment);
        SeriesModel model = inner.Fit(new Series(series.Name, decomposition.Adjust(series.Values.Span)), environment);
        return new SeasonallyAdjustedModel(series.Length % decomposition.Figure.Count, [.. decomposition.Figure], decomposition.IsMultiplicative, model);
    }

    private static ClassicalDecomposition? Decompose(Series series)
    {
        ReadOnlySpan<double> values = series.Values.Span;
        if (!SeasonalityTest.IsSeasonal(values, series.Season)) return null;
        ClassicalDecomposition decomposition = new(values, series.Season, ClassicalDecomposition.AllPositive(values));
        return decomposition.IsMultiplicative && decomposition.Figure.Min() < LeastFigure ? null : decomposition;
    }
}
