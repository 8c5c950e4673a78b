using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Fits a method to a series, or what is next best where it cannot be: the method without seasons, then the seasonal naive forecast. One series that a
/// method cannot learn from does not cost the others.
/// </summary>
internal sealed class SeriesFitting(ForecastMethod method, int horizon, TrainingEnvironment environment)
{
    internal static ForecastMethod Baseline { get; } = new Naive2Method();

    private static readonly ForecastMethod Simplest = new SeasonalNaiveMethod();

    /// <param name="series">The series.</param>
    /// <param name="fallback">Why it is not what was asked for; <see langword="null"/> where it is.</param>
    internal SeriesModel Fit(Series series, out string? fallback)
    {
        Series whole = series;
        fallback = null;
        if (series.Length < series.Season)
        {
            fallback = string.Create(CultureInfo.InvariantCulture, $"it has {series.Length} value{(series.Length == 1 ? "" : "s")}, less than its season of {series.Season}");
            series = new Series(series.Name, series.Values);
        }
        else if (IsConstant(series.Values.Span) && method is not SeasonalNaiveMethod)
        {
            fallback = "it never changes";
            return Simplest.Fit(new Series(series.Name, series.Values), environment);
        }
        if (TryFit(series, out string? problem) is { } model) return model;
        fallback = problem;
        if (series.Seasons.Count > 0 && TryFit(new Series(series.Name, series.Values), out _) is { } without) return without;
        return Simplest.Fit(whole, environment);
    }

    private SeriesModel? TryFit(Series series, out string? problem)
    {
        problem = method.ObjectionTo(series);
        if (problem is not null) return null;
        try
        {
            SeriesModel model = method.Fit(series, environment);
            if (IsFinite(model)) return model;
            problem = $"the forecast of {model.Name} is not finite";
        }
        catch (Exception e) when (e is MLPipelinesException or ArithmeticException)
        {
            problem = e.Message;
        }
        return null;
    }

    private bool IsFinite(SeriesModel model)
    {
        double[] mean = new double[horizon], deviation = new double[horizon];
        model.Forecast(model.State, mean, deviation);
        return mean.All(double.IsFinite) && deviation.All(value => value >= 0 && double.IsFinite(value));
    }

    private static bool IsConstant(ReadOnlySpan<double> values) => values.Length > 0 && !values.ContainsAnyExcept(values[0]);
}
