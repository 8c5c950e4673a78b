using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>How good a recommender is for what users took later, with the baseline of the same users.</summary>
/// <param name="PairCount">How many pairs of a user and an item it was measured on.</param>
/// <param name="Lists">Lists of the best ten items, of all that a user did not have.</param>
/// <param name="Popularity">The same of the most popular items for everyone.</param>
/// <param name="Rmse">The root of the mean squared error of ratings; NaN without ratings.</param>
/// <param name="Mae">The mean absolute error of ratings; NaN without ratings.</param>
/// <param name="BaselineRmse">The same of the mean rating of each item.</param>
/// <param name="BaselineMae">The same of the mean rating of each item.</param>
public sealed record RecommendationScores(int PairCount, RecommendationMetrics Lists, RecommendationMetrics Popularity, double Rmse, double Mae, double BaselineRmse, double BaselineMae)
{
    internal const int ListLength = 10;

    /// <summary>By the names that programs know: rmse and mae for ratings, ndcg@10, recall@10, hitRate@10 and coverage.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics => Named(Rmse, Mae, Lists);

    /// <summary>The same of the baseline.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Baseline => Named(BaselineRmse, BaselineMae, Popularity);

    /// <summary>Measures a recommender.</summary>
    /// <param name="model">The recommender.</param>
    /// <param name="later">What users took later, or how they rated it.</param>
    /// <param name="hasRatings">Whether values are ratings.</param>
    public static RecommendationScores Of(Recommender model, NamedInteractions later, bool hasRatings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(later);
        var (rmse, mae) = hasRatings ? Errors(later, model.Score) : (double.NaN, double.NaN);
        var (baseRmse, baseMae) = hasRatings ? Errors(later, ItemMeans(model.Seen)) : (double.NaN, double.NaN);
        return new RecommendationScores(later.Interactions.Count, model.Evaluate(later, ListLength), model.EvaluatePopularity(later, ListLength), rmse, mae, baseRmse, baseMae);
    }

    private static KeyValuePair<string, double>[] Named(double rmse, double mae, RecommendationMetrics lists)
    {
        KeyValuePair<string, double>[] ranking =
        [
            new("ndcg@10", lists.NormalizedDiscountedCumulativeGain), new("recall@10", lists.Recall), new("hitRate@10", lists.HitRate), new("coverage", lists.Coverage),
        ];
        return double.IsNaN(rmse) ? ranking : [new("rmse", rmse), new("mae", mae), .. ranking];
    }

    private static (double Rmse, double Mae) Errors(NamedInteractions later, Func<string, string, float> score)
    {
        double squares = 0, sizes = 0;
        for (int user = 0; user < later.UserNames.Count; user++)
        {
            ReadOnlySpan<int> items = later.Interactions.ItemsOf(user);
            ReadOnlySpan<float> ratings = later.Interactions.ValuesOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                double error = score(later.UserNames[user], later.ItemNames[items[i]]) - ratings[i];
                (squares, sizes) = (squares + (error * error), sizes + Math.Abs(error));
            }
        }
        return (Math.Sqrt(squares / later.Interactions.Count), sizes / later.Interactions.Count);
    }

    /// <summary>The mean rating of an item; of all where the item is not known.</summary>
    private static Func<string, string, float> ItemMeans(NamedInteractions seen)
    {
        double[] sums = new double[seen.ItemNames.Count];
        int[] counts = new int[sums.Length];
        for (int user = 0; user < seen.UserNames.Count; user++)
        {
            ReadOnlySpan<int> items = seen.Interactions.ItemsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                sums[items[i]] += seen.Interactions.ValuesOf(user)[i];
                counts[items[i]]++;
            }
        }
        float all = (float)(sums.Sum() / counts.Sum());
        var means = seen.ItemNames.Select((name, item) => (name, Mean: counts[item] == 0 ? all : (float)(sums[item] / counts[item]))).ToDictionary(pair => pair.name, pair => pair.Mean, StringComparer.Ordinal);
        return (_, item) => means.GetValueOrDefault(item, all);
    }
}
