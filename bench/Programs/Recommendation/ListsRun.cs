using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Programs.Recommendation;

/// <summary>How good the lists of each method are: a share of what each user has is set aside, and every item that a user does not have is ranked.</summary>
internal static class ListsRun
{
    private static readonly TrainingEnvironment Environment = new MLContext(seed: 1).Environment;

    internal static void Run(string file, double share, int count)
    {
        MovieLensRating[] rows = [.. MovieLensRatings.Read(file)];
        bool[] isLater = InteractionSplit.ByUserRatio([.. rows.Select(row => row.User)], share, seed: 42);
        NamedInteractions Of(bool later) => NamedInteractions.Of(rows.Where((_, row) => isLater[row] == later).Select(row => new Interaction(row.User, row.Item, MathF.Log2(1 + row.Value))));
        NamedInteractions train = Of(false), test = Of(true);
        (string Settings, RecommendationMethod Method)[] methods = [
            ("", new PopularityMethod()), (", binary", new ItemNeighboursMethod(new ItemNeighboursOptions { IsBinary = true })), (", weighted", new ItemNeighboursMethod()), ("", new BprMethod()),
            (", binary", new EaseMethod(new EaseOptions { IsBinary = true })), (", binary", new ImplicitAlsMethod(new ImplicitAlsOptions { Regularization = 0.01, IsBinary = true })),
            (", weighted", new ImplicitAlsMethod(new ImplicitAlsOptions { Regularization = 0.03 }))];
        foreach ((string settings, RecommendationMethod method) in methods)
        {
            if (method is EaseMethod && train.ItemNames.Count > 8000) continue;
            RecommendationMetrics metrics = Recommender.Fit(method, train, Environment).Evaluate(test, count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method.Name}{settings}: NDCG@{count} {metrics.NormalizedDiscountedCumulativeGain:F4}, recall@{count} {metrics.Recall:F4}"));
        }
    }
}
