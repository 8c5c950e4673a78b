using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1,
//   X = np.array([[0,0],[1,0],[0,2],[5,5],[6,5],[5,7],[-4,1],[-5,3]], float); c = [0,0,0,1,1,1,2,2]; y = [0,0,1,1,1,1,2,0]
//   davies_bouldin_score(X, c); homogeneity_score(y, c)
public class ClusteringMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static readonly float[][] Features = [[0, 0], [1, 0], [0, 2], [5, 5], [6, 5], [5, 7], [-4, 1], [-5, 3]];

    private static readonly int[] Clusters = [0, 0, 0, 1, 1, 1, 2, 2];

    /// <summary>Scores of which the lowest, that of the cluster, is the number of the row.</summary>
    private static float[][] Scores(int[] clusters, int count) => [.. clusters.Select((cluster, row) => Enumerable.Range(0, count).Select(i => i == cluster ? row : 100f).ToArray())];

    private static MemoryView Data(int clusters = 3, int batchSize = Batch.DefaultRowCount) =>
        new MemoryView(batchSize).AddVectors("Score", Scores(Clusters, clusters)).AddVectors("Features", Features).Add("Label", 0f, 0, 1, 1, 1, 1, 2, 0);

    [Theory]
    [InlineData(3, Batch.DefaultRowCount)]
    [InlineData(3, 3)]
    [InlineData(5, 3)] // Clusters without rows change nothing.
    public void All_metrics_are_those_of_scikit_learn(int clusters, int batchSize)
    {
        var metrics = ML.Clustering.Evaluate(Data(clusters, batchSize), "Label", featureColumnName: "Features");
        Assert.Equal(0.38064105503142925, metrics.DaviesBouldinIndex, 12);
        Assert.Equal(0.5771596324111234, metrics.NormalizedMutualInformation, 12);
        Assert.Equal(3.5, metrics.AverageDistance, 12);
        Assert.Equal((8, 0), (metrics.RowCount, metrics.UnlabeledRowCount));
    }

    [Fact]
    public void Sparse_features_give_the_same()
    {
        var sparse = new MemoryView().AddVectors("Score", Scores(Clusters, 3)).AddSparse("Features", Features);
        Assert.Equal(0.38064105503142925, ML.Clustering.Evaluate(sparse, featureColumnName: "Features").DaviesBouldinIndex, 12);
    }

    [Fact]
    public void What_was_not_asked_for_is_not_a_number()
    {
        var metrics = ML.Clustering.Evaluate(Data());
        Assert.Equal((double.NaN, double.NaN, 3.5), (metrics.DaviesBouldinIndex, metrics.NormalizedMutualInformation, metrics.AverageDistance));
    }

    [Fact]
    public void Rows_without_a_label_count_as_rows_alone()
    {
        // By hand: the labels 0, 0, 1, 1 in the clusters 0, 0, 1, 1.
        var data = new MemoryView().AddVectors("Score", Scores([0, 0, 1, 1, 0], 2)).AddKeys("Label", [1, 1, 2, 2, 0], "a", "b");
        var metrics = ML.Clustering.Evaluate(data, "Label");
        Assert.Equal(1, metrics.NormalizedMutualInformation, 12);
        Assert.Equal((2.0, 5, 1), (metrics.AverageDistance, metrics.RowCount, metrics.UnlabeledRowCount));
        var alike = new MemoryView().AddVectors("Score", Scores([0, 1], 2)).Add("Label", 3f, 3);
        Assert.True(double.IsNaN(ML.Clustering.Evaluate(alike, "Label").NormalizedMutualInformation));
    }

    [Fact]
    public void One_cluster_has_no_index_and_two_in_one_place_an_infinite_one()
    {
        var one = new MemoryView().AddVectors("Score", Scores([0, 0], 2)).AddVectors<float>("Features", [[1], [2]]);
        Assert.True(double.IsNaN(ML.Clustering.Evaluate(one, featureColumnName: "Features").DaviesBouldinIndex));
        var same = new MemoryView().AddVectors("Score", Scores([0, 0, 1], 2)).AddVectors<float>("Features", [[1], [3], [2]]);
        Assert.Equal(double.PositiveInfinity, ML.Clustering.Evaluate(same, featureColumnName: "Features").DaviesBouldinIndex);
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        MemoryView Bad(float score, float feature, float label) => new MemoryView().AddVectors<float>("Score", [[1, score]]).AddVectors<float>("Features", [[feature]]).Add("Label", label);
        Assert.Contains("row 0, column 'Score': found NaN", Assert.Throws<MLPipelinesException>(() => ML.Clustering.Evaluate(Bad(float.NaN, 1, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("row 0, column 'Features': found Infinity",
            Assert.Throws<MLPipelinesException>(() => ML.Clustering.Evaluate(Bad(1, float.PositiveInfinity, 1), featureColumnName: "Features")).Message, StringComparison.Ordinal);
        Assert.Contains("found the label 0.5, expected the number of a class", Assert.Throws<MLPipelinesException>(() => ML.Clustering.Evaluate(Bad(1, 1, .5f), "Label")).Message, StringComparison.Ordinal);
        Assert.Contains("column 'Label' is Single, expected a vector of Single", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Clustering.Evaluate(Data(), scoreColumnName: "Label")).Message, StringComparison.Ordinal);
        Assert.Contains("the data has no rows", Assert.Throws<MLPipelinesException>(() => ML.Clustering.Evaluate(MemoryView.Copy(Data(), rows: []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cross_validation_holds_out_every_row_once()
    {
        var results = ML.Clustering.CrossValidate(Data(), ML.Transforms.CopyColumns("Copy", "Score"), numberOfFolds: 2, labelColumnName: "Label", featuresColumnName: "Features", seed: 2);
        Assert.Equal(8, results.Sum(result => result.Metrics.RowCount));
        Assert.Equal(3.5, results.Average(result => result.Metrics.AverageDistance), 12);
        Assert.All(results, result => Assert.True(result.Metrics.DaviesBouldinIndex > 0));
    }
}
