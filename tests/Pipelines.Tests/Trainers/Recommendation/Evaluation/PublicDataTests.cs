using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.Evaluation;

public sealed class PublicDataTests
{
    private static readonly TrainingEnvironment Training = new MLContext(1).Environment;

    /// <summary>Users and items of a file, the first two of its columns; part of each user's rows is set aside.</summary>
    private static (NamedInteractions Training, NamedInteractions Later) Read(string file, int header, double share)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Datasets.PathOf(file)), CompressionMode.Decompress));
        List<Interaction> rows = [];
        for (int line = 0; reader.ReadLine() is { } text; line++)
        {
            if (line >= header && text.Split('\t') is var cells) rows.Add(new Interaction(cells[0], cells[1]));
        }
        bool[] isLater = InteractionSplit.ByUserRatio([.. rows.Select(row => row.User)], share, seed: 42);
        return (NamedInteractions.Of(rows.Where((_, row) => !isLater[row])), NamedInteractions.Of(rows.Where((_, row) => isLater[row])));
    }

    private static RecommendationMetrics Measure(RecommendationMethod method, (NamedInteractions Training, NamedInteractions Later) data, int count) =>
        Recommender.Fit(method, data.Training, Training).Evaluate(data.Later, count);

    [DatasetFact("recommendation/ml-100k/u.data.gz")]
    public void Lists_for_films_reach_their_bound()
    {
        // BPR 0.442, LightGCN 0.420 and BiVAE 0.475 in Microsoft's recommenders, same split and relevance.
        var data = Read("recommendation/ml-100k/u.data.gz", 0, 0.25);
        RecommendationMetrics metrics = Measure(new EaseMethod(), data, 10);
        Assert.True(metrics.NormalizedDiscountedCumulativeGain >= 0.46, $"{metrics.NormalizedDiscountedCumulativeGain}");
        Assert.True(metrics.NormalizedDiscountedCumulativeGain > 1.5 * Measure(new PopularityMethod(), data, 10).NormalizedDiscountedCumulativeGain);
    }

    [DatasetFact("recommendation/lastfm-2k/user_artists.dat.gz")]
    public void Lists_of_artists_are_better_by_vectors_than_by_neighbours()
    {
        var data = Read("recommendation/lastfm-2k/user_artists.dat.gz", 1, 0.2);
        double vectors = Measure(new ImplicitAlsMethod(new ImplicitAlsOptions { Rank = 32, Iterations = 5, Regularization = 0.01 }), data, 20).Recall;
        double others = Math.Max(Measure(new ItemNeighboursMethod(), data, 20).Recall, Measure(new PopularityMethod(), data, 20).Recall);
        Assert.True(vectors >= 1.05 * others, $"{vectors} and {others}");
    }
}
