using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.ProductRecommendation;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Shows how good recommendations are, with the baseline beside them.</summary>
internal static class RecommendationTables
{
    private const int MostTrials = 12;

    /// <summary>Recommendations that were measured, by the names that programs know.</summary>
    internal static Evaluation Of(RecommendationScores scores) => new(scores.PairCount, scores.Metrics) { Baseline = scores.Baseline };

    internal static TextTable Metrics(Evaluation evaluation, string rows)
    {
        var table = new TextTable($"Metrics on {Figures.Count(evaluation.Rows)} {rows}", "metric", "#value", "#baseline");
        for (int i = 0; i < evaluation.Metrics.Count; i++) table.Add(evaluation.Metrics[i].Key, Figure(evaluation.Metrics[i].Value), Figure(evaluation.Baseline![i].Value));
        return table;
    }

    internal static string Note(Evaluation evaluation) =>
        $"Lists rank every item that a user does not have. The baseline recommends the most popular items{(evaluation.Metrics[0].Key == "rmse" ? "; for rmse and mae it says the mean rating of an item" : "")}.";

    /// <summary>What was tried, the best first.</summary>
    internal static TextTable Trials(ProductRecommendationResult result)
    {
        string title = result.Trials.Count <= MostTrials ? $"Tried on {result.Validation}" : $"The {MostTrials} best of {result.Trials.Count} tried on {result.Validation}";
        bool hasRatings = result.Trials.Any(trial => trial.Scores is { } scores && !double.IsNaN(scores.Rmse));
        var table = new TextTable(title, ["method", .. hasRatings ? ["#rmse", "#baseline rmse"] : Array.Empty<string>(), "#ndcg@10", "#baseline ndcg@10", "#recall@10", "#coverage", "#seconds"]);
        foreach (MethodTrial trial in result.Trials.Take(MostTrials))
        {
            string[] errors = !hasRatings ? [] : [Figure(trial.Scores?.Rmse), Figure(trial.Scores?.BaselineRmse)];
            table.Add([trial.Method, .. errors, Figure(trial.Scores?.Lists.NormalizedDiscountedCumulativeGain), Figure(trial.Scores?.Popularity.NormalizedDiscountedCumulativeGain),
                Figure(trial.Scores?.Lists.Recall), Figure(trial.Scores?.Lists.Coverage), trial.Seconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)]);
        }
        return table;
    }

    private static string Figure(double? value) => value is { } known && double.IsFinite(known) ? Figures.Metric(known) : "-";
}
