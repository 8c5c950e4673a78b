using System.Collections.Immutable;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Metrics.FeatureImportance;

public class PermutationFeatureImportanceTests
{
    private const int RowCount = 200;

    private static readonly MLContext ML = new(seed: 1);

    /// <summary>A number that is 3 a + b; the third feature says nothing.</summary>
    private static readonly float[][] Features = [.. Enumerable.Range(0, RowCount).Select(i => new[] { MathF.Sin(i * 1.7f), i % 4 == 0 ? MathF.Cos(i * 2.3f) : 0, MathF.Sin(i * 0.31f) })];

    private static readonly float[] Numbers = [.. Features.Select(row => 3 * row[0] + row[1])];

    private static MemoryView Data(bool isSparse = false)
    {
        string[] names = ["a", "b", "c"];
        var view = new MemoryView(batchSize: 64);
        return (isSparse ? view.AddSparse("Features", Features, names) : view.AddVectors("Features", Features, names)).Add("Label", Numbers);
    }

    private static double Variance(int slot)
    {
        double mean = Features.Average(row => row[slot]);
        return Features.Average(row => (row[slot] - mean) * (row[slot] - mean));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_squared_error_grows_by_twice_the_variance_that_a_feature_explains(bool isSparse)
    {
        MemoryView data = Data(isSparse);
        var model = ML.Regression.Trainers.Sdca(l2Regularization: 1e-6f, maximumNumberOfIterations: 200).Fit(data);
        ImmutableArray<RegressionMetricsStatistics> changes = ML.Regression.PermutationFeatureImportance(model, data, permutationCount: 50);
        Assert.Equal(3, changes.Length);
        // With weight w, a dealt-out value is off by w (x − x′), whose mean square is 2 w² times the variance of x.
        double[] weights = [3, 1, 0];
        for (int slot = 0; slot < 3; slot++)
        {
            MetricStatistics change = changes[slot].MeanSquaredError;
            Assert.Equal(50, change.Count);
            Assert.Equal(change.StandardDeviation / Math.Sqrt(50), change.StandardError, 12);
            Assert.InRange(change.Mean - 2 * weights[slot] * weights[slot] * Variance(slot), -4 * change.StandardError - 1e-3, 4 * change.StandardError + 1e-3);
        }
    }

    [Fact]
    public void Sparse_and_dense_features_give_the_same()
    {
        var model = ML.Regression.Trainers.Sdca().Fit(Data());
        double[] dense = [.. ML.Regression.PermutationFeatureImportance(model, Data(), permutationCount: 3).Select(change => change.RootMeanSquaredError.Mean)];
        double[] sparse = [.. ML.Regression.PermutationFeatureImportance(model, Data(isSparse: true), permutationCount: 3).Select(change => change.RootMeanSquaredError.Mean)];
        Assert.Equal(dense, sparse, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Features_are_found_by_name_in_any_model()
    {
        MemoryView data = Data();
        ITransformer model = ML.Transforms.CopyColumns("Copy", "Label").Append(ML.Regression.Trainers.Sdca()).Fit(data);
        ImmutableDictionary<string, RegressionMetricsStatistics> changes = ML.Regression.PermutationFeatureImportance(model, data, permutationCount: 2, numberOfExamplesToUse: 50);
        Assert.Equal(["a", "b", "c"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.True(changes["a"].RSquared.Mean < changes["b"].RSquared.Mean);
    }

    [Fact]
    public void A_feature_of_weight_zero_need_not_be_measured()
    {
        MemoryView data = Data();
        var model = ML.Regression.Trainers.Sdca(l1Regularization: 1e3f, l2Regularization: 1e-3f).Fit(data);
        Assert.Contains(0, model.Model.Weights);
        var measured = ML.Regression.PermutationFeatureImportance(model, data, permutationCount: 2);
        var filtered = ML.Regression.PermutationFeatureImportance(model, data, permutationCount: 2, useFeatureWeightFilter: true);
        Assert.Equal(measured.Select(change => change.MeanAbsoluteError.Mean), filtered.Select(change => change.MeanAbsoluteError.Mean));
    }

    [Fact]
    public void Classifiers_have_important_features_too()
    {
        MemoryView two = new MemoryView().AddVectors("Features", Features).Add("Label", [.. Numbers.Select(number => number > 0)]);
        var binary = ML.BinaryClassification.Trainers.SdcaLogisticRegression().Append(ML.BinaryClassification.Calibrators.Platt()).Fit(two);
        var changes = ML.BinaryClassification.PermutationFeatureImportanceNonCalibrated(binary, two, permutationCount: 3);
        Assert.Equal(["Slot 0", "Slot 1", "Slot 2"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(changes["Slot 0"].AreaUnderRocCurve.Mean, -0.6, -0.3);

        MemoryView three = new MemoryView().AddVectors("Features", Features).AddKeys("Label", [.. Numbers.Select(number => number > 1 ? 3u : number > -1 ? 2u : 1u)], "low", "middle", "high");
        var multiclass = ML.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(three);
        ImmutableArray<MulticlassClassificationMetricsStatistics> perClass = ML.MulticlassClassification.PermutationFeatureImportance(multiclass, three, permutationCount: 3);
        Assert.Equal(3, perClass[0].PerClassLogLoss.Count);
        Assert.True(perClass[0].MicroAccuracy.Mean < -0.2 && perClass[0].LogLoss.Mean > perClass[2].LogLoss.Mean);
    }

    [Fact]
    public void Rankings_have_important_features_too()
    {
        var data = new MemoryView().AddVectors("Features", Features).Add("Label", [.. Numbers.Select(number => number > 1 ? 2f : number > -1 ? 1 : 0)])
            .AddKeys("GroupId", [.. Enumerable.Range(0, RowCount).Select(row => 1 + (uint)row / 10)], [.. Enumerable.Range(0, RowCount / 10).Select(group => $"{group}")]);
        // A model of the relevance itself ranks too.
        var model = ML.Regression.Trainers.Sdca().Fit(data);
        var changes = ML.Ranking.PermutationFeatureImportance(model, data, permutationCount: 5);
        Assert.Equal((10, 10, 5), (changes[0].DiscountedCumulativeGains.Count, changes[0].NormalizedDiscountedCumulativeGains.Count, changes[0].DiscountedCumulativeGains[0].Count));
        Assert.True(changes[0].NormalizedDiscountedCumulativeGains[2].Mean < -0.1);
        Assert.InRange(changes[2].NormalizedDiscountedCumulativeGains[2].Mean, -0.05, 0.05);
        var byName = ML.Ranking.PermutationFeatureImportance((ITransformer)model, data, permutationCount: 5);
        Assert.Equal(changes[0].DiscountedCumulativeGains[9].Mean, byName["Slot 0"].DiscountedCumulativeGains[9].Mean);
    }

    [Fact]
    public void Data_without_the_features_is_an_error()
    {
        var model = ML.Regression.Trainers.Sdca().Fit(Data());
        Assert.Contains("column 'Features' not found", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Regression.PermutationFeatureImportance(model, Data().Without("Features"))).Message, StringComparison.Ordinal);
        var noModel = ML.Transforms.CopyColumns("Copy", "Label").Fit(Data());
        Assert.Throws<ArgumentException>(() => ML.Regression.PermutationFeatureImportance(noModel, Data()));
    }
}
