using System.Runtime.Intrinsics;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public unsafe class TreeGrowerTests
{
    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 0, 0)]
    [InlineData(false, 1.5, 0.2)]
    public void A_tree_is_the_one_that_looking_at_all_splits_finds(bool byLevels, double l2, double l1)
    {
        var random = new Random(3);
        for (int trial = 0; trial < 20; trial++)
        {
            const int rows = 24;
            float[][] x = [.. Enumerable.Range(0, rows).Select(_ => new[] { random.Next(8), random.NextSingle() < 0.2f ? float.NaN : random.NextSingle(), random.Next(3) - 1f })];
            float[] y = [.. Enumerable.Range(0, rows).Select(_ => MathF.Round(8 * random.NextSingle()) / 4)];
            var options = new BoostingOptions { TreeCount = 1, LearningRate = 1, LeafCount = 5, MinimumRowsPerLeaf = 3, L1 = l1, L2 = l2, Growth = byLevels ? TreeGrowth.LevelWise : TreeGrowth.LeafWise, MinimumHessianPerLeaf = 0 };
            var set = new BoostingSet(TreeData.Matrix(x), y);
            float[] scores = set.Learn(options).Scores(set.Features);
            double[] expected = BruteForce.Scores(x, y, options);
            for (int i = 0; i < rows; i++) Assert.Equal(expected[i], scores[i], 1e-5);
        }
    }

    [Fact]
    public void A_sibling_by_subtraction_is_as_one_built_from_its_rows()
    {
        const int rows = 1000, width = 5;
        var random = new Random(1);
        var data = new PinnedArray<byte>(rows * width);
        random.NextBytes(data.Span);
        var pairs = new GradientPairs(rows);
        for (int i = 0; i < 2 * rows; i++) pairs.Floats[i] = i % 2 == 0 ? random.NextSingle() - 0.5f : random.NextSingle();
        (float g, float h) = pairs.Scale(0.5f, 1, rows);
        pairs.Fix(0, rows, g, h);
        long[] Build(int[] some)
        {
            var histogram = new PinnedArray<long>(2 * 256 * width);
            histogram.Span.Clear();
            Vector128<long>** cells = stackalloc Vector128<long>*[width];
            for (int c = 0; c < width; c++) cells[c] = (Vector128<long>*)histogram.Pointer + 256 * c;
            fixed (int* p = some) HistogramKernel.Add(data.Pointer, width, cells, p, some.Length, pairs.Pairs, pairs.CountShift, far: true);
            return histogram.Span.ToArray();
        }
        int[] all = [.. Enumerable.Range(0, rows)];
        long[] whole = Build(all), left = Build([.. all.Where(row => row % 3 == 0)]), right = Build([.. all.Where(row => row % 3 != 0)]);
        fixed (long* w = whole, l = left) HistogramKernel.Subtract((Vector128<long>*)w, (Vector128<long>*)l, whole.Length / 2);
        Assert.Equal(right, whole);
        // The rows of a column's cells are all rows.
        Assert.Equal(rows - 334, Enumerable.Range(0, 256).Sum(cell => right[2 * cell + 1] >> pairs.CountShift));
    }

    [Fact]
    public void A_tree_keeps_to_its_limits()
    {
        BoostingSet set = TreeData.Regression(2000);
        TreeEnsemble model = set.Learn(TreeData.Small with { LeafCount = 40, MaximumDepth = 3, MinimumRowsPerLeaf = 60 });
        foreach (DecisionTree tree in model.Trees)
        {
            Assert.InRange(tree.LeafCount, 2, 8);
            Assert.All(tree.LeafCovers, cover => Assert.True(cover >= 60));
            Assert.Equal(2000, tree.LeafCovers.Sum());
            Assert.Equal(2000, tree.Covers[0]);
        }
        Assert.All(set.Learn(TreeData.Small with { LeafCount = 40, MinimumHessianPerLeaf = 300 }).Trees, tree => Assert.All(tree.LeafCovers, cover => Assert.True(cover >= 300)));
    }

    [Fact]
    public void Level_by_level_a_tree_is_balanced()
    {
        DecisionTree tree = TreeData.Regression(4000).Learn(TreeData.Small with { LeafCount = 8, Growth = TreeGrowth.LevelWise }).Trees[0];
        int Depth(int node) => node < 0 ? 0 : 1 + Math.Max(Depth(tree.Left[node]), Depth(tree.Right[node]));
        Assert.Equal(3, Depth(0));
    }

    [Fact]
    public void A_greater_least_gain_leaves_fewer_splits()
    {
        BoostingSet set = TreeData.Regression(500);
        float[] gains = set.Learn(TreeData.Small with { TreeCount = 1 }).Trees[0].Gains;
        float middle = gains.Order().ElementAt(gains.Length / 2);
        Assert.All(set.Learn(TreeData.Small with { TreeCount = 1, MinimumGain = middle }).Trees[0].Gains, gain => Assert.True(gain > middle));
    }

    [Fact]
    public void L2_and_the_greatest_output_make_leaves_smaller()
    {
        BoostingSet set = TreeData.Regression(500);
        float Largest(BoostingOptions options) => set.Learn(options with { TreeCount = 1, LearningRate = 1 }).Trees[0].LeafValues.Max(Math.Abs);
        float plain = Largest(TreeData.Small);
        Assert.True(Largest(TreeData.Small with { L2 = 100 }) < 0.7 * plain);
        Assert.Equal(0.5f, Largest(TreeData.Small with { MaximumOutput = 0.5 }), 1e-6f);
    }
}
