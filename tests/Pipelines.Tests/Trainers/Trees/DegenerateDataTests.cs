using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class DegenerateDataTests
{
    [Fact]
    public void Constant_features_give_the_mean()
    {
        TreeEnsemble model = new BoostingSet(TreeData.Matrix([1, 2], [1, 2], [1, 2]), [1, 2, 6]).Learn(TreeData.Small with { MinimumRowsPerLeaf = 1 });
        Assert.Equal([3f, 3f, 3f], model.Scores(TreeData.Matrix([1, 2], [0, 0], [float.NaN, 9])));
    }

    [Fact]
    public void One_row_gives_its_label() =>
        Assert.Equal([4f], new BoostingSet(TreeData.Matrix([1, 2]), [4]).Learn(TreeData.Small).Scores(TreeData.Matrix([7, 7])));

    [Fact]
    public void Features_that_are_all_missing_give_the_mean() =>
        Assert.Equal([2f], new BoostingSet(TreeData.Matrix([float.NaN], [float.NaN]), [1, 3]).Learn(TreeData.Small with { MinimumRowsPerLeaf = 1 }).Scores(TreeData.Matrix([float.NaN])));

    [Fact]
    public void A_value_that_is_there_or_missing_is_a_split()
    {
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { i % 2 == 0 ? 5f : float.NaN })];
        TreeEnsemble model = new BoostingSet(TreeData.Matrix(rows), [.. rows.Select(row => float.IsNaN(row[0]) ? 1f : 0)]).Learn(TreeData.Small with { LearningRate = 1 });
        Assert.Equal([1f, 0f], model.Scores(TreeData.Matrix([float.NaN], [5])));
    }

    [Fact]
    public void One_class_is_nearly_certain()
    {
        BoostingSet set = TreeData.Regression(100).With(_ => 1);
        Assert.All(set.Learn(TreeData.Small, new LogisticObjective()).Scores(set.Features), score => Assert.InRange(score, 10f, 1000f));
        Assert.All(set.With(_ => 0).Learn(TreeData.Small, new LogisticObjective()).Scores(set.Features), score => Assert.InRange(score, -1000f, -10f));
    }

    [Fact]
    public void A_class_without_rows_is_unlikely()
    {
        BoostingSet set = TreeData.Regression(300).With(label => label > 0 ? 2 : 0);
        float[] scores = set.Learn(TreeData.Small, new SoftmaxObjective(3)).Scores(set.Features);
        for (int i = 0; i < 300; i++) Assert.True(scores[3 * i + 1] < scores[3 * i] - 5 && scores[3 * i + 1] < scores[3 * i + 2] - 5 && float.IsFinite(scores[3 * i + 1]));
    }

    [Fact]
    public void Infinity_and_great_numbers_are_values_like_others()
    {
        float[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { (i % 4) switch { 0 => float.NegativeInfinity, 1 => -3e38f, 2 => 3e38f, _ => float.PositiveInfinity } })];
        float[] labels = [.. Enumerable.Range(0, 60).Select(i => (float)(i % 4))];
        TreeEnsemble model = new BoostingSet(TreeData.Matrix(rows), labels).Learn(TreeData.Small with { LearningRate = 1 });
        Assert.Equal([0f, 1, 2, 3], model.Scores(TreeData.Matrix(rows[0], rows[1], rows[2], rows[3])));
    }

    [Fact]
    public void Labels_of_all_sizes_do_not_overflow()
    {
        BoostingSet set = TreeData.Regression(500).With(label => label * 1e30f);
        Assert.All(set.Learn(TreeData.Small).Scores(set.Features), score => Assert.True(float.IsFinite(score)));
        BoostingSet small = TreeData.Regression(500).With(label => label * 1e-30f);
        TreeEnsemble model = small.Learn(TreeData.Small with { TreeCount = 50, LearningRate = 0.3 });
        Assert.True(model.Rmse(small) < 0.3e-30);
    }

    [Fact]
    public void Wrong_labels_and_options_are_errors_that_say_which()
    {
        BoostingSet set = TreeData.Regression(50);
        Assert.Contains("row 0 has the label", Assert.Throws<MLPipelinesException>(() => set.With(_ => -1).Learn(TreeData.Small, new PoissonObjective())).Message, StringComparison.Ordinal);
        Assert.Contains("class from 0 to 2", Assert.Throws<MLPipelinesException>(() => set.With(_ => 3).Learn(TreeData.Small, new SoftmaxObjective(3))).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<MLPipelinesException>(() => set.With(_ => float.NaN).Learn(TreeData.Small)).Message, StringComparison.Ordinal);
        Assert.Contains("groups", Assert.Throws<MLPipelinesException>(() => set.With(_ => 1).Learn(TreeData.Small, new LambdaRankObjective())).Message, StringComparison.Ordinal);
        Assert.Contains("weight 0", Assert.Throws<MLPipelinesException>(() => (set with { Weights = new float[50] }).Learn(TreeData.Small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Learn(TreeData.Small with { LeafCount = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Learn(TreeData.Small with { MaximumBinCount = 256 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Learn(TreeData.Small with { RowFraction = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Learn(TreeData.Small with { MonotoneConstraints = [1] }));
    }
}
