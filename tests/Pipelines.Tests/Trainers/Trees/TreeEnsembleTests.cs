using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class TreeEnsembleTests
{
    [Fact]
    public void A_saved_ensemble_scores_the_same()
    {
        BoostingSet set = TreeData.Regression(400).With(label => Math.Clamp(MathF.Floor(label), 0, 2));
        TreeEnsemble model = set.Learn(TreeData.Small with { CategoricalFeatures = [3] }, new SoftmaxObjective(3)), loaded = TreeData.Load(model.Saved());
        Assert.Equal(model.Scores(set.Features), loaded.Scores(set.Features));
        TreeData.AssertSame(model, loaded);
    }

    [Theory]
    [InlineData("trees/node-left.npy")]
    [InlineData("trees/node-right.npy")]
    [InlineData("trees/node-features.npy")]
    [InlineData("trees/leaf-values.npy")]
    public void A_damaged_ensemble_is_refused(string entry)
    {
        Dictionary<string, byte[]> saved = TreeData.Regression(400).Learn(TreeData.Small).Saved();
        // The last number: a child, or a feature, that is not there; a leaf that is no number.
        saved[entry].AsSpan(^4).Fill(entry.Contains("right", StringComparison.Ordinal) ? (byte)0x80 : (byte)0x7F);
        if (entry.Contains("leaf", StringComparison.Ordinal)) saved[entry].AsSpan(^4).Fill(0xFF);
        Assert.Throws<MLPipelinesException>(() => TreeData.Load(saved));
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        BoostingSet set = TreeData.Regression(400);
        TreeEnsemble model = set.Learn(TreeData.Small);
        float[] score = new float[1];
        // So many rows that masks of leaves are made, once.
        for (int i = 0; i < 200; i++) model.Score(set.Features[i], score);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 400; i++) model.Score(set.Features[i], score);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Gains_are_of_the_features_that_count()
    {
        double[] gains = TreeData.Regression(2000).Learn(TreeData.Small with { TreeCount = 5 }).FeatureGains();
        Assert.True(gains[0] > 100 * gains[3] && gains[1] > 100 * gains[4]);
    }

    [Fact]
    public void An_ensemble_is_the_sum_of_its_trees()
    {
        BoostingSet set = TreeData.Regression(400);
        TreeEnsemble model = set.Learn(TreeData.Small with { CategoricalFeatures = [], LeafCount = 20 });
        float[] scores = model.Scores(set.Features);
        for (int i = 0; i < 400; i++)
        {
            double sum = model.Bias[0];
            foreach (DecisionTree tree in model.Trees)
            {
                int node = 0;
                while (node >= 0) node = tree.GoesLeft(node, set.Features[i].Values) ? tree.Left[node] : tree.Right[node];
                Assert.Equal(~node, tree.LeafOf(set.Features[i].Values));
                sum += tree.LeafValues[~node];
            }
            Assert.Equal(sum, scores[i], 1e-5);
        }
    }
}
