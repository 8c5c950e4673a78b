using System.Diagnostics;
using System.Globalization;
using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>
/// Learns what to recommend to whom from events or ratings: tries methods on events that are set aside, and lets the best one learn from all. Ratings are judged by
/// the root of their mean squared error, lists by NDCG@10.
/// </summary>
public sealed class ProductRecommendationTrainer
{
    private readonly MLContext _context;
    private readonly ProductRecommendationOptions _options;

    /// <param name="context">The context; its seed fixes the result.</param>
    /// <param name="options">How a recommender is chosen; the defaults when left out.</param>
    /// <exception cref="ArgumentException">The share for validation is out of its range.</exception>
    public ProductRecommendationTrainer(MLContext context, ProductRecommendationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_context, _options) = (context, options ?? new ProductRecommendationOptions());
        if (_options.ValidationShare is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(options), _options.ValidationShare, "The share for validation is above 0 and below 1.");
    }

    /// <summary>Learns from events.</summary>
    /// <exception cref="ArgumentException">There is no method of the name that was given.</exception>
    /// <exception cref="MLPipelinesException">The validation that was asked for is not possible.</exception>
    public ProductRecommendationResult Train(EventLog events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var candidates = ProductMethods.Create(events.Feedback, _options.Method, events.ToInteractions());
        List<MethodTrial> trials = [];
        string validation = "not measured";
        if (_options.Method is null || candidates.Count > 1 || _options.MeasuresNamedMethod) validation = Try(events, candidates, trials);
        MethodTrial? best = trials.FirstOrDefault(trial => trial.Scores is not null);
        var (label, method) = best is null ? candidates[0] : candidates.First(candidate => candidate.Label == best.Method);
        return new ProductRecommendationResult(Fit(method, events), label, trials, validation);
    }

    /// <summary>Tries candidates, and sorts what came of it, the best first.</summary>
    /// <returns>What was set aside, in words.</returns>
    private string Try(EventLog events, IReadOnlyList<(string Label, RecommendationMethod Method)> candidates, List<MethodTrial> trials)
    {
        EventSplitKind kind = _options.Validation ?? (events.HasTimes && events.Feedback == FeedbackKind.Implicit ? EventSplitKind.LeaveLastOut : EventSplitKind.Ratio);
        EventLog train, test;
        try
        {
            (train, test) = EventSplit.Of(events, kind, _options.ValidationShare, _context.Environment.SeedFor(nameof(ProductRecommendationTrainer)));
        }
        catch (MLPipelinesException e) when (_options.Validation is null)
        {
            return $"not compared: {e.Message}";
        }
        NamedInteractions later = test.ToInteractions();
        long start = Stopwatch.GetTimestamp();
        foreach (var (label, method) in candidates)
        {
            if (trials.Count > 0 && Stopwatch.GetElapsedTime(start) > _options.TimeLimit) break;
            trials.Add(Try(label, method, train, later));
        }
        trials.Sort((a, b) => Badness(a).CompareTo(Badness(b)));
        string what = kind switch { EventSplitKind.Time => "the last events of all", EventSplitKind.LeaveLastOut => "the last item of each user", _ => "items of each user by chance" };
        return string.Create(CultureInfo.InvariantCulture, $"{what} ({test.Count:N0} of {events.Count:N0} rows)");
    }

    private MethodTrial Try(string label, RecommendationMethod method, EventLog train, NamedInteractions later)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var scores = RecommendationScores.Of(Fit(method, train), later, train.Feedback == FeedbackKind.Explicit);
            return new MethodTrial(label, scores, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (MLPipelinesException e)
        {
            return new MethodTrial(label, null, Stopwatch.GetElapsedTime(start).TotalSeconds, e.Message);
        }
    }

    /// <summary>What is to be small: the error of ratings, or what is missing of the best lists.</summary>
    private static double Badness(MethodTrial trial) => trial.Scores is not { } scores ? double.PositiveInfinity
        : double.IsNaN(scores.Rmse) ? 1 - scores.Lists.NormalizedDiscountedCumulativeGain : scores.Rmse;

    private Recommender Fit(RecommendationMethod method, EventLog events) =>
        Recommender.Fit(method, events.ToInteractions(), _context.Environment, new RecommenderColumns(events.Options.UserColumn!, events.Options.ItemColumn!));
}
