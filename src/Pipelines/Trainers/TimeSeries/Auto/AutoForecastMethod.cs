using System.Diagnostics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Chooses among methods, and how much of each: all of them forecast from several origins in the past, and the better a method did,
/// the more it counts. Those that count are learned again from the whole series.
/// </summary>
/// <remarks>
/// The weight of a method is the inverse square of its mean absolute error over the origins; methods with more than twice the least error are left
/// out. Series too short to leave values out get the plain mean of Theta, exponential smoothing and a combination of smoothed lines. Deviations
/// are widened by how much larger the errors at the origins were than expected. Weighting by the inverse of past errors: Bates and Granger, "The Combination of Forecasts" (1969).
/// </remarks>
public sealed class AutoForecastMethod : ForecastMethod
{
    // These three were chosen on the competitions' series without their last values.
    private const double Tolerance = 2;
    private const int LeastHistory = 10;
    private const int Sharpness = 2;

    private readonly AutoForecastOptions _options;

    public AutoForecastMethod(AutoForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
    }

    public override string Name => "Auto";

    public override string? ObjectionTo(Series series) => series.Length > 0 ? null : "it has no values";

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        if (PlanOf(series) is not { } plan || Tried(series, plan, environment) is not { Count: > 0 } trials) return Untried(series, environment);
        double least = trials.Min(trial => trial.Error);
        trials.RemoveAll(trial => trial.Error > least * Tolerance);
        double[] weights = [.. trials.Select(trial => trial.Error > 0 ? Math.Pow(least / trial.Error, Sharpness) : 1)];
        double sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++) weights[i] /= sum;
        double spread = ErrorSpread.Of([.. trials.Select(trial => trial.Trial)], weights, plan, series);
        return CombinationModel.Of([.. trials.Select(trial => trial.Method.Fit(series, environment))], weights, spread);
    }

    private List<(ForecastMethod Method, Trial Trial, double Error)> Tried(Series series, TrialPlan plan, TrainingEnvironment environment)
    {
        var trials = new List<(ForecastMethod Method, Trial Trial, double Error)>();
        Series past = series.First(plan.FirstOrigin);
        double[] actual = plan.Actual(series);
        // A forecast far beyond everything that was ever seen has exploded.
        double limit = 10 * series.Values.Span.ToArray().Max(Math.Abs);
        long start = Stopwatch.GetTimestamp();
        foreach (ForecastMethod method in _options.Candidates ?? AutoCandidates.Of(series))
        {
            environment.CancellationToken.ThrowIfCancellationRequested();
            if (method.ObjectionTo(past) is not null || method.ObjectionTo(series) is not null) continue;
            if (_options.TimeLimit is { } most && trials.Count > 0 && Stopwatch.GetElapsedTime(start) > most) break;
            Trial trial = Trial.Run(method, series, plan, environment);
            if (trial.IsSane(limit)) trials.Add((method, trial, trial.MeanAbsoluteError(actual)));
        }
        return trials;
    }

    private CombinationModel Untried(Series series, TrainingEnvironment environment)
    {
        SeriesModel[] models = [.. (_options.Candidates ?? AutoCandidates.Untried).Where(method => method.ObjectionTo(series) is null).Select(method => method.Fit(series, environment))];
        if (models.Length == 0) models = [new SeasonalNaiveMethod().Fit(series, environment)];
        return CombinationModel.Of(models, Enumerable.Repeat(1.0 / models.Length, models.Length).ToArray(), ErrorSpread.Usual(series.Length));
    }

    /// <summary>The origins to try, or none where the series is too short to leave values out.</summary>
    private TrialPlan? PlanOf(Series series)
    {
        int horizon = _options.Horizon, longest = series.Seasons.Count == 0 ? 1 : series.Seasons[^1];
        int free = series.Length - Math.Max(LeastHistory, (2 * longest) + 1) - horizon;
        if (free < 0) return null;
        int stride = Math.Max(1, horizon / 2), count = Math.Min(_options.Origins, 1 + (free / stride));
        return new TrialPlan(series.Length - horizon - ((count - 1) * stride), stride, count, horizon);
    }
}
