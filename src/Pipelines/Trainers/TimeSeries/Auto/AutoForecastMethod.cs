namespace MLPipelines.TimeSeries;

/// <summary>
/// Chooses among methods, and how much of each: all of them forecast from several origins in the past, and the better a method did,
/// the more it counts. Those that count are learned again from the whole series.
/// </summary>
public sealed class AutoForecastMethod : ForecastMethod
{
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
        ForecastMethod[] able = [.. _options.Candidates.Where(method => method.ObjectionTo(series) is null)];
        if (able.Length == 0) return new SeasonalNaiveMethod().Fit(series, environment);
        if (PlanOf(series) is not { } plan) return Equal(able, series, environment);
        Series past = series.First(plan.FirstOrigin);
        double[] actual = plan.Actual(series);
        double limit = 10 * LargestOf(series);
        var trials = new List<(ForecastMethod Method, Trial Trial, double Error)>();
        foreach (ForecastMethod method in able)
        {
            if (method.ObjectionTo(past) is not null) continue;
            environment.CancellationToken.ThrowIfCancellationRequested();
            Trial trial = Trial.Run(method, series, plan, environment);
            if (trial.IsSane(limit)) trials.Add((method, trial, ErrorOf(trial.Means, actual)));
        }
        if (trials.Count == 0) return Equal(able, series, environment);
        double[] weights = WeightsOf([.. trials.Select(trial => trial.Error)]);
        int[] kept = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0)];
        SeriesModel[] models = [.. kept.Select(i => trials[i].Method.Fit(series, environment))];
        return CombinationModel.Of(models, [.. kept.Select(i => weights[i])], _options.Spread);
    }

    private CombinationModel Equal(ForecastMethod[] methods, Series series, TrainingEnvironment environment)
    {
        SeriesModel[] models = [.. methods.Select(method => method.Fit(series, environment))];
        return CombinationModel.Of(models, Enumerable.Repeat(1.0 / models.Length, models.Length).ToArray(), _options.Spread);
    }

    /// <summary>The origins to try, or none where the series is too short to leave values out.</summary>
    private TrialPlan? PlanOf(Series series)
    {
        int horizon = _options.Horizon, longest = series.Seasons.Count == 0 ? 1 : series.Seasons[^1];
        int least = Math.Max(_options.LeastHistory, (2 * longest) + 1), free = series.Length - least - horizon;
        if (free < 0) return null;
        int stride = Math.Max(1, horizon / 2), count = Math.Min(_options.Origins, 1 + (free / stride));
        return new TrialPlan(series.Length - horizon - ((count - 1) * stride), stride, count, horizon);
    }

    private double[] WeightsOf(double[] errors)
    {
        double least = errors.Min();
        double[] weights = Array.ConvertAll(errors, error => error <= least * _options.Tolerance ? Math.Pow(least > 0 ? least / error : error > 0 ? 0 : 1, _options.Sharpness) : 0);
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static double ErrorOf(double[] means, double[] actual)
    {
        double sum = 0;
        for (int i = 0; i < means.Length; i++) sum += Math.Abs(means[i] - actual[i]);
        return sum / means.Length;
    }

    private static double LargestOf(Series series)
    {
        double largest = 0;
        foreach (double value in series.Values.Span) largest = Math.Max(largest, Math.Abs(value));
        return Math.Max(largest, double.Epsilon);
    }
}
