using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Tests.Trainers.Trees.FastTree;
using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Tests.Trainers.Trees;

public class ForestAndFeaturizationTests
{
    [Fact]
    public void Quantiles_are_those_of_the_labels_in_the_leaf()
    {
        // np.quantile([1, 2, 4, 8, 16, 32], [0, 0.1, 0.25, 0.5, 0.9, 1], method='median_unbiased')
        float[] expected = [1, 1, 1.916667f, 6, 32, 32];
        var context = new MLContext(1);
        // One split that all rows are learned from: the labels of the left leaf are powers of 2.
        MemoryView rows = new MemoryView().AddVectors("Features", [.. Enumerable.Range(0, 12).Select(i => new float[] { i })])
            .Add("Label", 1f, 2, 4, 8, 16, 32, 1000, 1000, 1000, 1000, 1000, 1000);
        FastForestRegressionModelParameters model = context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            NumberOfTrees = 1, NumberOfLeaves = 2, MinimumExampleCountPerLeaf = 1, BaggingSize = 0, FeatureFraction = 1, FeatureFractionPerSplit = 1,
        }).Fit(rows).Model;
        float[] quantiles = model.GetQuantiles([2f], 0, 0.1, 0.25, 0.5, 0.9, 1);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], quantiles[i], 4);
        QuantileRegressionTree tree = Assert.Single(model.TrainedTreeEnsemble.Trees);
        Assert.Equal([1.0, 2, 4, 8, 16, 32], tree.GetLeafSamplesAt(0));
        Assert.Equal([1.0, 1, 1, 1, 1, 1], tree.GetLeafSampleWeightsAt(0));
        Assert.Equal([10.5, 1000], tree.LeafValues);
    }

    [Fact]
    public void A_forest_that_remembers_no_labels_says_so()
    {
        var context = new MLContext(1);
        var model = context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options { NumberOfQuantileSamples = 0 }).Fit(RegressionTreeTests.StepRows()).Model;
        Assert.Contains("NumberOfQuantileSamples", Assert.Throws<InvalidOperationException>(() => model.GetQuantiles([1f, 2], 0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_score_of_two_classes_is_the_sum_of_what_trees_say()
    {
        var context = new MLContext(1);
        MemoryView rows = new MemoryView().AddVectors("Features", [.. Enumerable.Range(0, 40).Select(i => new float[] { i % 20, i % 7 })])
            .Add("Label", [.. Enumerable.Range(0, 40).Select(i => i % 20 > 9)]);
        var transformer = context.BinaryClassification.Trainers.FastForest(numberOfTrees: 15, minimumExampleCountPerLeaf: 2).Fit(rows);
        var trees = transformer.Model.TrainedTreeEnsemble.Trees;
        Assert.All(trees, tree => Assert.All(tree.LeafValues, value => Assert.InRange(value, -1.00001, 1.00001)));
        var features = context.Transforms.FeaturizeByPretrainTreeEnsemble(new PretrainedTreeFeaturizationEstimator.Options
        {
            InputColumnName = "Features", TreesColumnName = "Trees", ModelParameters = transformer.Model,
        }).Fit(rows).Transform(transformer.Transform(rows));
        Assert.All(context.Data.CreateEnumerable<Values>(features, reuseRowObject: false), row => Assert.Equal(row.Trees.Sum(), row.Score, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    public void Amounts_are_predicted_by_their_means(double index)
    {
        // Whatever the variance grows with, the best of a leaf is the mean of its labels.
        var context = new MLContext(1);
        MemoryView rows = new MemoryView().AddVectors("Features", [.. Enumerable.Range(0, 80).Select(i => new float[] { i % 2 })])
            .Add("Label", [.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? 1 + i % 8 : 10_000f + i)]);
        var model = context.Regression.Trainers.FastTreeTweedie(new FastTreeTweedieTrainer.Options { Index = index, NumberOfTrees = 200 }).Fit(rows);
        float[] scores = [.. context.Data.CreateEnumerable<RegressionTreeTests.Scored>(model.Transform(rows), reuseRowObject: false).Take(2).Select(row => row.Score)];
        Assert.Equal(4, scores[0], 0.01);
        Assert.Equal(10_040, scores[1], 10.0);
    }

    [Fact]
    public void A_row_has_a_value_a_leaf_and_a_path_of_each_tree()
    {
        var context = new MLContext(1);
        IDataView made = context.Transforms.FeaturizeByPretrainTreeEnsemble(new PretrainedTreeFeaturizationEstimator.Options
        {
            InputColumnName = "Features", TreesColumnName = "Trees", LeavesColumnName = "Leaves", PathsColumnName = "Paths", ModelParameters = RegressionTreeTests.Steps(),
        }).Fit(RegressionTreeTests.StepRows()).Transform(RegressionTreeTests.StepRows().Add("Score", 0f, 0, 0, 0));
        Features[] rows = [.. context.Data.CreateEnumerable<Features>(made, reuseRowObject: false)];
        Assert.Equal([0f, 0, 10, 10], rows.Select(row => Assert.Single(row.Trees)));
        Assert.Equal([1f, 0], rows[0].Leaves);
        Assert.Equal([0f, 1], rows[3].Leaves);
        Assert.All(rows, row => Assert.Equal([1f], row.Paths));
        VBuffer<ReadOnlyMemory<char>> names = default;
        made.Schema["Leaves"].GetSlotNames(ref names);
        Assert.Equal(["Tree000Leaf000", "Tree000Leaf001"], names.DenseValues().Select(name => name.ToString()));
    }

    private sealed class Values
    {
        public float Score { get; set; }

        public float[] Trees { get; set; } = [];
    }

    private sealed class Features
    {
        public float Score { get; set; }

        public float[] Trees { get; set; } = [];

        public float[] Leaves { get; set; } = [];

        public float[] Paths { get; set; } = [];
    }
}
