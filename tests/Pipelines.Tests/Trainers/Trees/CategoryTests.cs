using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class CategoryTests
{
    private const int Categories = 40;

    private static (int[] Codes, float[] Labels) Data()
    {
        var random = new Random(1);
        int[] codes = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(Categories))];
        // The categories on one side are not next to each other.
        return (codes, [.. codes.Select(code => (code * 7 % 10 < 4 ? 2f : 0) + 0.1f * random.NextSingle())]);
    }

    private static BoostingOptions Options => TreeData.Small with { TreeCount = 1, LeafCount = 2, LearningRate = 1, CategorySmoothing = 1, CategoryL2 = 1, MinimumRowsPerCategoryGroup = 10 };

    [Fact]
    public void One_split_parts_categories_that_are_not_neighbours()
    {
        (int[] codes, float[] labels) = Data();
        var set = new BoostingSet(TreeData.Matrix([.. codes.Select(code => new[] { (float)code })]), labels);
        TreeEnsemble model = set.Learn(Options with { CategoricalFeatures = [0] });
        Assert.Equal(2, model.Trees[0].LeafCount);
        Assert.True(model.Rmse(set) < 0.05);
        Assert.True(set.Learn(Options).Rmse(set) > 0.5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Slots_of_a_group_are_one_category(bool sparse)
    {
        (int[] codes, float[] labels) = Data();
        FeatureMatrix slots = sparse
            ? new FeatureMatrix([.. Enumerable.Range(0, codes.Length + 1).Select(i => (long)i)], [.. codes.Select(code => code + 2)], [.. codes.Select(_ => 1f)], Categories + 3)
            : TreeData.Matrix([.. codes.Select(code => Enumerable.Range(0, Categories + 3).Select(slot => slot == code + 2 ? 1f : 0).ToArray())]);
        TreeEnsemble model = new BoostingSet(slots, labels).Learn(Options with { LeafCount = 4, OneHotGroups = [new SlotGroup(2, Categories)] });
        TreeEnsemble other = new BoostingSet(TreeData.Matrix([.. codes.Select(code => new[] { (float)code })]), labels).Learn(Options with { LeafCount = 4, CategoricalFeatures = [0] });
        Assert.Equal(other.Trees[0].LeafValues, model.Trees[0].LeafValues);
        Assert.Equal(other.Scores(TreeData.Matrix([.. codes.Select(code => new[] { (float)code })])), model.Scores(slots));
        Assert.All(model.Trees[0].Features, feature => Assert.Equal(2, feature));
        TreeData.AssertSame(model, TreeData.Load(model.Saved()));
    }

    [Fact]
    public void Missing_and_unknown_categories_go_right()
    {
        (int[] codes, float[] labels) = Data();
        float[][] rows = [.. codes.Select((code, i) => new[] { i % 50 == 0 ? float.NaN : code })];
        TreeEnsemble model = new BoostingSet(TreeData.Matrix(rows), labels).Learn(Options with { CategoricalFeatures = [0] });
        DecisionTree tree = model.Trees[0];
        foreach (float value in new[] { float.NaN, -1, 1000, 1e9f, float.PositiveInfinity }) Assert.False(tree.GoesLeft(0, [value]));
        foreach (float[] row in rows) Assert.Equal(tree.GoesLeft(0, row) ? tree.LeafValues[0] : tree.LeafValues[1], tree.Score(row));
    }

    [Fact]
    public void Of_few_categories_one_is_parted_from_the_others()
    {
        float[][] rows = [.. Enumerable.Range(0, 300).Select(i => new[] { (float)(i % 3) })];
        TreeEnsemble model = new BoostingSet(TreeData.Matrix(rows), [.. rows.Select(row => row[0] == 1 ? 5f : 0)]).Learn(Options with { CategoricalFeatures = [0] });
        Assert.True(model.Trees[0].GoesLeft(0, [1]));
        Assert.False(model.Trees[0].GoesLeft(0, [0]));
        Assert.False(model.Trees[0].GoesLeft(0, [2]));
    }

    [Fact]
    public void More_categories_than_bins_leave_the_rarest_out()
    {
        var random = new Random(1);
        int[] codes = [.. Enumerable.Range(0, 5000).Select(i => i < 4000 ? random.Next(100) : 1000 + i)];
        var set = new BoostingSet(TreeData.Matrix([.. codes.Select(code => new[] { (float)code })]), [.. codes.Select(code => code < 100 && code % 2 == 0 ? 1f : 0)]);
        TreeEnsemble model = set.Learn(Options with { CategoricalFeatures = [0], MaximumBinCount = 100, MaximumCategoriesPerSplit = 100, CategoryL2 = 0 });
        Assert.True(model.Rmse(set) < 0.01);
    }
}
