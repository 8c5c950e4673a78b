using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Measures forecasts from rolling origins: what came after each origin is compared with what was expected there.</summary>
/// <remarks>
/// A series is learned once, from what comes before its first origin; from there on observations move its state, and its parameters stay ("updating" in Tashman 2000,
/// "Out-of-sample tests of forecasting accuracy").
/// </remarks>
internal static class SeriesBacktest
{
    /// <summary>Learns from the first part of each series and measures on the rest.</summary>
    /// <param name="panel">The series.</param>
    /// <param name="estimator">What learns.</param>
    /// <param name="origins">How many origins at most; shorter series have fewer, and the shortest none.</param>
    /// <param name="stride">The steps from one origin to the next.</param>
    /// <exception cref="MLPipelinesException">No series is long enough.</exception>
    internal static ForecastingMetrics Run(SeriesPanel panel, SeriesForecastingEstimator estimator, int origins, int stride)
    {
        int horizon = estimator.Options.Horizon;
        PanelSeries[] measured = [.. panel.Series.Where(series => LearnedFrom(series, horizon, origins, stride) >= LeastLearned(series))];
        if (measured.Length == 0)
        {
            int longest = panel.Series.Max(series => series.Values.Length);
            throw new MLPipelinesException($"The longest series has {longest} values: too few to learn from and to leave {horizon} out to measure on. Choose a smaller horizon.");
        }
        SeriesForecastingTransformer learned = estimator.Fit(panel.With([.. measured.Select(series => series.First(LearnedFrom(series, horizon, origins, stride)))]));
        return Measure(measured.Length, horizon, i =>
        {
            var errors = new SeriesErrors(learned.Fitted[i], learned);
            int start = learned.Fitted[i].Facts.Length, width = learned.Regressors.CovariateCount;
            errors.Walk(measured[i].Observed().AsSpan(start), measured[i].Covariates.AsSpan(start * width), origins, stride);
            return errors;
        });
    }

    /// <summary>Measures a model on rows after those that it has seen.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows with its columns; those at times that it has seen, and those of series that it does not know, are left out.</param>
    /// <param name="stride">The steps from one origin to the next.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="MLPipelinesException">There is no row to measure on.</exception>
    internal static ForecastingMetrics Run(SeriesForecastingTransformer model, IDataView data, int stride, CancellationToken cancellation)
    {
        var following = FollowingValues.Read(model, data, cancellation);
        if (following.Count == 0) throw new MLPipelinesException($"No row is after the last time that the model has seen, in a series that it knows; the first series ends at {model.Axis.Write(model.Fitted[0].End)}.");
        return Measure(following.Count, model.Horizon, i =>
        {
            var errors = new SeriesErrors(model.Fitted[following[i].Series], model);
            errors.Walk(following[i].Values, following[i].Covariates, int.MaxValue, stride);
            return errors;
        });
    }

    private static ForecastingMetrics Measure(int count, int horizon, Func<int, SeriesErrors> measure)
    {
        var errors = new SeriesErrors[count];
        Parallel.For(0, count, i => errors[i] = measure(i));
        return ForecastingMetrics.Of(errors, horizon);
    }

    /// <summary>Whether a series is long enough to be measured on.</summary>
    internal static bool CanRun(SeriesPanel panel, int horizon) => panel.Series.Any(series => LearnedFrom(series, horizon, 1, 1) >= LeastLearned(series));

    /// <summary>How many values come before the first origin: as many origins as leave enough to learn from.</summary>
    private static int LearnedFrom(PanelSeries series, int horizon, int origins, int stride)
    {
        int length = series.Values.Length, free = length - horizon - LeastLearned(series);
        int count = free < 0 ? 1 : (int)Math.Min(origins, 1 + ((long)free / stride));
        return length - horizon - ((count - 1) * stride);
    }

    /// <summary>Three seasons show what repeats, or two thirds of a series that has fewer; without seasons three values show a trend.</summary>
    private static int LeastLearned(PanelSeries series) => Math.Max(3, Math.Min(3 * series.Values.Season, 2 * series.Values.Length / 3));
}
