using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Tests.Trainers.Trees.FastTree;

/// <summary>Trees as users see them, by hand: a split between 2 and 3 with 0 on the left and 10 on the right.</summary>
public class RegressionTreeTests
{
    [Fact]
    public void A_tree_says_its_splits_and_leaves()
    {
        RegressionTreeEnsemble trees = Steps().TrainedTreeEnsemble;
        Assert.Equal(0, trees.Bias);
        Assert.Equal([1.0], trees.TreeWeights);
        RegressionTree tree = Assert.Single(trees.Trees);
        Assert.Equal((1, 2), (tree.NumberOfNodes, tree.NumberOfLeaves));
        Assert.Equal([~0], tree.LeftChild);
        Assert.Equal([~1], tree.RightChild);
        Assert.Equal([1], tree.NumericalSplitFeatureIndexes);
        Assert.Equal([2.5f], tree.NumericalSplitThresholds);
        Assert.Equal([0.0, 10], tree.LeafValues);
        Assert.Equal([false], tree.CategoricalSplitFlags);
        // The labels sum to 20: 20² / 2 of the right, less 20² / 4 of all.
        Assert.Equal([100.0], tree.SplitGains);
        Assert.Empty(tree.GetCategoricalSplitFeaturesAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.GetCategoricalSplitFeaturesAt(1));
    }

    [Fact]
    public void The_feature_that_splits_has_all_the_weight()
    {
        VBuffer<float> weights = default;
        Steps().GetFeatureWeights(ref weights);
        Assert.Equal([0f, 1], weights.DenseValues());
    }

    [Fact]
    public void Categories_are_split_as_slots_that_go_to_the_right()
    {
        var context = new MLContext(1);
        // Of six categories, every other one is 10; up to four, a split parts one of them from the others.
        string[] colors = ["red", "green", "blue", "white", "black", "gray"];
        MemoryView rows = new MemoryView().AddText("Color", [.. Enumerable.Range(0, 60).Select(i => colors[i % 6])])
            .Add("Label", [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 10f : 0)]);
        var model = context.Transforms.Categorical.OneHotEncoding("Features", "Color").Append(context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            UseCategoricalSplit = true, NumberOfLeaves = 2, NumberOfIterations = 1, LearningRate = 1, MinimumExampleCountPerLeaf = 1, MinimumExampleCountPerGroup = 1,
            CategoricalSmoothing = 0, L2CategoricalRegularization = 0, Booster = new GradientBooster.Options { L2Regularization = 0 },
        })).Fit(rows);
        RegressionTreeEnsemble trees = model.LastTransformer.Model.TrainedTreeEnsemble;
        RegressionTree tree = Assert.Single(trees.Trees);
        Assert.Equal([true], tree.CategoricalSplitFlags);
        int[] right = [.. tree.GetCategoricalSplitFeaturesAt(0)];
        double side = tree.LeafValues[~tree.RightChild[0]] + trees.Bias, other = tree.LeafValues[~tree.LeftChild[0]] + trees.Bias;
        Assert.Equal(right.SequenceEqual([0, 2, 4]) ? (10.0, 0.0) : (0.0, 10.0), (side, other));
        Assert.True(right.SequenceEqual([0, 2, 4]) || right.SequenceEqual([1, 3, 5]));
        Assert.Equal([right[0], right[^1]], tree.GetCategoricalCategoricalSplitFeatureRangeAt(0));
        Assert.Equal([10f, 0, 10, 0], context.Data.CreateEnumerable<Scored>(model.Transform(rows), reuseRowObject: false).Take(4).Select(row => row.Score));
    }

    [Fact]
    public void Boosting_by_least_squares_is_that_of_scikit_learn()
    {
        // i = np.arange(40); X = np.stack([(i*7)%11, (i*5)%13], 1); y = ((i*7)%11)*0.5 + (((i*5)%13)>6)*3 + ((i*3)%5)*0.1
        // GradientBoostingRegressor(init='zero', n_estimators=10, learning_rate=0.3, max_leaf_nodes=4, max_depth=None, min_samples_leaf=3,
        //     criterion='squared_error').fit(X, y).predict(X[:6])
        double[] expected = [0.344113, 3.842436, 4.28706, 4.9423, 5.895783, 4.238153];
        var context = new MLContext(1);
        MemoryView rows = new MemoryView()
            .AddVectors("Features", [.. Enumerable.Range(0, 40).Select(i => new float[] { i * 7 % 11, i * 5 % 13 })])
            .Add("Label", [.. Enumerable.Range(0, 40).Select(i => i * 7 % 11 * 0.5f + (i * 5 % 13 > 6 ? 3 : 0) + i * 3 % 5 * 0.1f)]);
        var model = context.Regression.Trainers.FastTree(numberOfLeaves: 4, numberOfTrees: 10, minimumExampleCountPerLeaf: 3, learningRate: 0.3).Fit(rows);
        float[] scores = [.. context.Data.CreateEnumerable<Scored>(model.Transform(rows), reuseRowObject: false).Select(row => row.Score)];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], scores[i], 5);
    }

    internal static MemoryView StepRows() => new MemoryView().AddVectors("Features", [[5f, 1], [5f, 2], [5f, 3], [5f, 4]]).Add("Label", 0f, 0, 10, 10);

    internal static FastTreeRegressionModelParameters Steps() => new MLContext(1).Regression.Trainers
        .FastTree(numberOfLeaves: 2, numberOfTrees: 1, minimumExampleCountPerLeaf: 1, learningRate: 1).Fit(StepRows()).Model;

    internal sealed class Scored
    {
        public float Score { get; set; }
    }
}
