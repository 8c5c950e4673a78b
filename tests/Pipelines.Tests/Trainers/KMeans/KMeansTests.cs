using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using static MLPipelines.Trainers.KMeansTrainer;

namespace MLPipelines.Tests.Trainers.KMeans;

public sealed class KMeansTests
{
    private readonly MLContext _context = new(seed: 1);

    // Three groups around (0, 0), (10, 0) and (0, 10).
    private static readonly float[][] Rows =
        [[10, 0], [0, 0], [1, 0], [10, 1], [0, 10], [0, 1], [11, 0], [1, 10], [0, 11], [1, 1], [11, 1], [1, 11]];

    private static readonly float[] Centroids = [10.5f, 0.5f, 0.5f, 0.5f, 0.5f, 10.5f];

    private ClusteringPredictionTransformer<KMeansModelParameters> Fit(IDataView data, int clusters, InitializationAlgorithm start = InitializationAlgorithm.KMeansYinyang) =>
        _context.Clustering.Trainers.KMeans(new Options { NumberOfClusters = clusters, InitializationAlgorithm = start }).Fit(data);

    private static float[] CentroidsOf(KMeansModelParameters model)
    {
        VBuffer<float>[] centroids = null!;
        model.GetClusterCentroids(ref centroids, out int k);
        Assert.Equal(model.ScoreCount, k);
        return [.. centroids.SelectMany(centroid => centroid.DenseValues())];
    }

    [Theory]
    [InlineData(InitializationAlgorithm.KMeansYinyang)]
    [InlineData(InitializationAlgorithm.KMeansPlusPlus)]
    public void Groups_are_found_and_numbered_in_the_order_of_their_first_rows(InitializationAlgorithm start)
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        var model = Fit(data, 3, start);
        Assert.Equal(Centroids, CentroidsOf(model.Model));
        IDataView output = model.Transform(data);
        Assert.Equal([1u, 2, 2, 1, 3, 2, 1, 3, 3, 2, 1, 3], ViewContents.Values<uint>(output, "PredictedLabel"));
        // (0, 0) from the centres (10.5, 0.5), (0.5, 0.5), (0.5, 10.5)
        Assert.Equal([110.5f, 0.5f, 110.5f], ViewContents.Vectors<float>(output, "Score")[1]);
        Assert.Equal("Key<UInt32, 0-2>", output.Schema["PredictedLabel"].Type.ToString());
    }

    [Fact]
    public void Sparse_rows_give_the_clusters_of_dense_ones()
    {
        float[] sparse = CentroidsOf(Fit(new MemoryView().AddSparse("Features", Rows), 3).Model);
        Assert.Equal(Centroids, sparse);
    }

    [Fact]
    public void A_weight_counts_as_that_many_rows()
    {
        int[] counts = [1, 3, 2, 1, 1, 2, 1, 1, 4, 1, 1, 1];
        var weighted = new MemoryView().AddVectors("Features", Rows).Add("Weight", Array.ConvertAll(counts, count => (float)count));
        var repeated = new MemoryView().AddVectors("Features", [.. Rows.SelectMany((row, i) => Enumerable.Repeat(row, counts[i]))]);
        float[] expected = CentroidsOf(Fit(repeated, 3).Model);
        Assert.Equal(expected, CentroidsOf(_context.Clustering.Trainers.KMeans(exampleWeightColumnName: "Weight", numberOfClusters: 3).Fit(weighted).Model));
    }

    [Theory]
    [InlineData(13, "has 12 rows, expected at least 13")]
    [InlineData(3, "different rows")]
    public void More_clusters_than_rows_are_refused(int clusters, string message)
    {
        foreach (InitializationAlgorithm start in Enum.GetValues<InitializationAlgorithm>())
        {
            // For three clusters: twelve rows of which two are different.
            float[][] rows = clusters > 12 ? Rows : [.. Rows.Select((_, i) => new[] { i % 2f, 1 })];
            var error = Assert.Throws<MLPipelinesException>(() => Fit(new MemoryView().AddVectors("Features", rows), clusters, start));
            Assert.Contains("'Features'", error.Message, StringComparison.Ordinal);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(InitializationAlgorithm.KMeansYinyang)]
    [InlineData(InitializationAlgorithm.KMeansPlusPlus)]
    [InlineData(InitializationAlgorithm.Random)]
    public void Distances_beyond_single_precision_are_refused(InitializationAlgorithm start)
    {
        var data = new MemoryView().AddVectors("Features", [[1e30f], [2], [-1e30f], [3]]);
        Assert.Contains("Normalize", Assert.Throws<MLPipelinesException>(() => Fit(data, 2, start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        foreach (Options options in new Options[] { new() { NumberOfClusters = 0 }, new() { OptimizationTolerance = 0 }, new() { MaximumNumberOfIterations = 0 }, new() { NumberOfThreads = 0 } })
            Assert.Throws<ArgumentOutOfRangeException>(() => _context.Clustering.Trainers.KMeans(options));
    }

    // /usr/bin/python3: sklearn.cluster.KMeans(10, init=…, n_init=1, random_state=s).fit(X).inertia_ over s = 0 … 9, on the 64 counts of
    // optdigits-train.csv: 2,478,768 to 2,572,243 with k-means++ (mean 2,499,769), to 2,623,265 with random rows.
    [DatasetTheory("tabular/optdigits/optdigits-train.csv")]
    [InlineData(InitializationAlgorithm.KMeansYinyang, 2_572_243)]
    [InlineData(InitializationAlgorithm.KMeansPlusPlus, 2_572_243)]
    [InlineData(InitializationAlgorithm.Random, 2_623_265)]
    public void Written_digits_are_clustered_as_well_as_by_scikit_learn(InitializationAlgorithm start, double highest)
    {
        IDataView data = _context.Data.LoadFromTextFile(Datasets.PathOf("tabular/optdigits/optdigits-train.csv"),
            [new TextLoader.Column("Features", DataKind.Single, 0, 63), new TextLoader.Column("Label", DataKind.Single, 64)], separatorChar: ',');
        var model = Fit(data, 10, start);
        ClusteringMetrics metrics = _context.Clustering.Evaluate(model.Transform(data), "Label");
        Assert.InRange(metrics.AverageDistance * 3823, 2_478_000, highest);
    }
}
