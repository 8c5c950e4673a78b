using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.KMeans;

public sealed class LloydIterationsTests
{
    private static readonly float[] Rows = [1, 2, 1.5f, 1.8f, 5, 8, 8, 8, 1, 0.6f, 9, 11, 8, 2, 10, 2, 9, 3, 4, 4];

    private static (LloydIterations Iterations, ClusteredRows Rows, double Loss) Run(float[] start, float[]? weights = null)
    {
        var rows = new ClusteredRows(new FeatureMatrix(Rows, 10, 2), weights, new RowParts(10, 0, threads: 1, CancellationToken.None));
        var iterations = new LloydIterations(rows, start, start.Length / 2);
        double loss = 0;
        Assert.True(iterations.Run(100, tolerance: 0, (_, mean) => loss = mean * (weights?.Sum() ?? 10)));
        return (iterations, rows, loss);
    }

    private static void AssertCentroids(double[] expected, LloydIterations actual)
    {
        float[] centroids = actual.InOrderOfRows();
        Assert.Equal(expected.Length, centroids.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], centroids[i], 1e-5);
    }

    // /usr/bin/python3: sklearn.cluster.KMeans(3, init=X[:3], n_init=1, tol=0, algorithm='lloyd').fit(X): cluster_centers_ in the order of labels_, inertia_
    [Fact]
    public void From_the_same_start_the_end_is_that_of_scikit_learn()
    {
        var (iterations, rows, loss) = Run([1, 2, 1.5f, 1.8f, 5, 8]);
        AssertCentroids([1.875, 2.1, 7.333333333, 9, 9, 2.333333333], iterations);
        Assert.Equal(29.48083333, loss, 1e-5);
        Assert.Equal([0, 0, 2, 2, 0, 2, 1, 1, 1, 0], rows.Assignments);
    }

    // The same with sample_weight=[1, 2, 1, 1, 3, 1, 1, 1, 1, 0.5]
    [Fact]
    public void Weights_count_as_in_scikit_learn()
    {
        var (iterations, rows, loss) = Run([1, 2, 1.5f, 1.8f, 5, 8], [1, 2, 1, 1, 3, 1, 1, 1, 1, 0.5f]);
        AssertCentroids([1.166666667, 1.233333333, 8.166666667, 5.666666667, 4, 4], iterations);
        Assert.Equal(90.93333333, loss, 1e-4);
        Assert.Equal([0, 0, 2, 2, 0, 2, 2, 2, 2, 1], rows.Assignments);
    }

    // The same with init=[[1, 2], [100, 100], [8, 2]], whose second cluster has no rows.
    [Fact]
    public void A_cluster_without_rows_starts_anew_at_the_farthest_row_as_in_scikit_learn()
    {
        var (iterations, _, loss) = Run([1, 2, 100, 100, 8, 2]);
        AssertCentroids([1.875, 2.1, 7.333333333, 9, 9, 2.333333333], iterations);
        Assert.Equal(29.48083333, loss, 1e-5);
    }

    [Fact]
    public void Fewer_different_rows_than_clusters_are_told()
    {
        float[] values = [1, 1, 1, 2, 2];
        var rows = new ClusteredRows(new FeatureMatrix(values, 5, 1), null, new RowParts(5, 0, threads: 1, CancellationToken.None));
        Assert.False(new LloydIterations(rows, [1, 2, 1], 3).Run(10, 0, (_, _) => { }));
    }

    [Fact]
    public void Distances_are_exact_far_from_the_origin()
    {
        var distances = new SquaredDistances([100_000, 100_001, 100_003, 100_000], 2, 2);
        float[] found = new float[2];
        distances.Compute(MLPipelines.Data.RowVector<float>.Dense([100_000, 100_000]), found);
        Assert.Equal([1f, 9], found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(70)]
    [InlineData(131)]
    public void Distances_from_any_number_of_points_are_those_of_the_plain_sum(int count)
    {
        const int size = 7;
        var random = new Random(count);
        float[] points = [.. Enumerable.Range(0, count * size).Select(_ => random.NextSingle())], row = [.. Enumerable.Range(0, size).Select(i => i % 3 == 0 ? 0 : random.NextSingle())];
        int[] indices = [.. Enumerable.Range(0, size).Where(i => row[i] != 0)];
        var distances = new SquaredDistances(points, count, size);
        float[] dense = new float[count], sparse = new float[count];
        distances.Compute(MLPipelines.Data.RowVector<float>.Dense(row), dense);
        distances.Compute(MLPipelines.Data.RowVector<float>.Sparse(size, indices, Array.ConvertAll(indices, i => row[i])), sparse);
        for (int k = 0; k < count; k++)
        {
            double expected = Enumerable.Range(0, size).Sum(j => Math.Pow(row[j] - points[k * size + j], 2));
            Assert.Equal(expected, dense[k], 1e-6);
            Assert.Equal(expected, sparse[k], 2e-6);
        }
    }
}
