using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public sealed class TreeContributionsTests
{
    private const int FeatureCount = 4;

    /// <summary>A tree of random questions, among them such as were asked before; the second feature is one of categories.</summary>
    private static DecisionTree RandomTree(Random random, int nodes)
    {
        int[] left = new int[nodes], right = new int[nodes], features = new int[nodes], sets = new int[nodes];
        List<uint> pool = [];
        var open = new List<(int Node, bool IsLeft)>();
        int leaves = 0;
        for (int node = 0; node < nodes; node++)
        {
            if (node > 0)
            {
                int at = random.Next(open.Count);
                (open[at].IsLeft ? left : right)[open[at].Node] = node;
                open.RemoveAt(at);
            }
            open.AddRange([(node, true), (node, false)]);
            features[node] = random.Next(FeatureCount);
            sets[node] = -1;
            if (features[node] != 1) continue;
            sets[node] = pool.Count;
            pool.AddRange([1, (uint)random.Next(1, 7)]);
        }
        foreach (var (node, isLeft) in open) (isLeft ? left : right)[node] = ~leaves++;
        double[] leafCovers = [.. Enumerable.Range(0, leaves).Select(_ => (double)random.Next(1, 9))], covers = new double[nodes];
        for (int node = nodes - 1; node >= 0; node--) covers[node] = Of(left[node]) + Of(right[node]);
        return new DecisionTree
        {
            Features = features, Left = left, Right = right, Covers = covers, LeafCovers = leafCovers, Gains = new float[nodes], CategorySets = sets, CategoryPool = [.. pool],
            Thresholds = [.. Enumerable.Range(0, nodes).Select(_ => random.NextSingle())],
            MissingLeft = [.. Enumerable.Range(0, nodes).Select(_ => random.Next(2) == 0)],
            LeafValues = [.. Enumerable.Range(0, leaves).Select(_ => random.NextSingle() - 0.5f)],
        };

        double Of(int child) => child >= 0 ? covers[child] : leafCovers[~child];
    }

    /// <summary>The mean of a tree where only some features are known.</summary>
    private static double Expected(DecisionTree tree, float[] row, int known, int node)
    {
        if (node < 0) return tree.LeafValues[~node];
        if ((known >> tree.Features[node] & 1) != 0) return Expected(tree, row, known, tree.GoesLeft(node, row) ? tree.Left[node] : tree.Right[node]);
        double left = tree.Left[node] >= 0 ? tree.Covers[tree.Left[node]] : tree.LeafCovers[~tree.Left[node]], share = left / tree.Covers[node];
        return share * Expected(tree, row, known, tree.Left[node]) + (1 - share) * Expected(tree, row, known, tree.Right[node]);
    }

    /// <summary>Shapley values by their definition: the mean over all orders of what a feature adds when it becomes known.</summary>
    private static double[] Shapley(DecisionTree tree, float[] row)
    {
        double[] factorials = [1, 1, 2, 6, 24], values = new double[FeatureCount];
        for (int feature = 0; feature < FeatureCount; feature++)
        {
            for (int known = 0; known < 1 << FeatureCount; known++)
            {
                if ((known >> feature & 1) != 0) continue;
                int count = System.Numerics.BitOperations.PopCount((uint)known);
                values[feature] += factorials[count] * factorials[FeatureCount - count - 1] / factorials[FeatureCount]
                    * (Expected(tree, row, known | 1 << feature, 0) - Expected(tree, row, known, 0));
            }
        }
        return values;
    }

    private static float[] RandomRow(Random random) =>
        [random.NextSingle(), random.Next(4), random.Next(5) == 0 ? float.NaN : random.NextSingle(), random.NextSingle()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(40)]
    public void Contributions_are_Shapley_values_by_their_definition(int nodes)
    {
        var random = new Random(nodes);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            DecisionTree tree = RandomTree(random, nodes);
            var calculator = new TreeContributions(new TreeEnsemble(FeatureCount, 1, [tree], [0]));
            float[] row = RandomRow(random), contributions = new float[FeatureCount];
            calculator.CreateKernel()(RowVector<float>.Dense(row), contributions);
            double[] expected = Shapley(tree, row);
            for (int j = 0; j < FeatureCount; j++) Assert.Equal(expected[j], contributions[j], 1e-6);
            Assert.Equal(Expected(tree, row, known: 0, 0), calculator.BaseScores[0], 1e-9);
        }
    }

    [Fact]
    public void Contributions_and_base_sum_to_every_score_of_large_ensembles()
    {
        var random = new Random(7);
        var ensemble = new TreeEnsemble(FeatureCount, 3, [.. Enumerable.Range(0, 90).Select(i => i == 5 ? Leaf(0.25f) : RandomTree(random, 30))], [1, -2, 0.5]);
        var calculator = new TreeContributions(ensemble, scale: 0.5f);
        ContributionKernel kernel = calculator.CreateKernel();
        float[] contributions = new float[3 * FeatureCount], scores = new float[3];
        for (int repeat = 0; repeat < 50; repeat++)
        {
            float[] row = RandomRow(random);
            kernel(RowVector<float>.Dense(row), contributions);
            ensemble.Score(row.AsSpan(), scores);
            for (int k = 0; k < 3; k++) Assert.Equal(scores[k] * 0.5, calculator.BaseScores[k] + contributions.Skip(k * FeatureCount).Take(FeatureCount).Sum(), 1e-5);
        }
    }

    private static DecisionTree Leaf(float value) => new()
    {
        Features = [], Thresholds = [], MissingLeft = [], Left = [], Right = [], Gains = [], Covers = [], LeafValues = [value], LeafCovers = [3],
    };

    [Fact]
    public void A_side_that_no_training_row_took_counts_only_for_a_row_that_takes_it()
    {
        var tree = new DecisionTree
        {
            Features = [0, 0], Thresholds = [1, 2], MissingLeft = [false, false], Left = [~0, ~1], Right = [1, ~2], Gains = [1, 1],
            Covers = [4, 4], LeafValues = [10, 20, 30], LeafCovers = [0, 4, 0],
        };
        var calculator = new TreeContributions(new TreeEnsemble(1, 1, [tree], [0]));
        Assert.Equal(20, calculator.BaseScores[0]);
        ContributionKernel kernel = calculator.CreateKernel();
        float[] contributions = new float[1];
        foreach (var (value, expected) in new[] { (0f, -10f), (1.5f, 0), (9, 10) })
        {
            kernel(RowVector<float>.Dense([value]), contributions);
            Assert.Equal([expected], contributions);
        }
    }

    [Fact]
    public void What_a_group_of_slots_contributes_stands_at_the_slot_of_the_row()
    {
        // Slots 1, 2 and 3 are one feature; the left is for the second and third of them.
        var tree = new DecisionTree
        {
            Features = [1], Thresholds = [0], MissingLeft = [false], Left = [~0], Right = [~1], Gains = [1], Covers = [4], LeafValues = [1, -1], LeafCovers = [2, 2],
            CategorySets = [0], CategoryPool = [1u | 1u << 31, 0b110],
        };
        var calculator = new TreeContributions(new TreeEnsemble(4, 1, [tree], [0]));
        ContributionKernel kernel = calculator.CreateKernel();
        float[] contributions = new float[4];
        kernel(RowVector<float>.Sparse(4, [3], [1f]), contributions);
        Assert.Equal([0f, 0, 0, 1], contributions);
        kernel(RowVector<float>.Dense([0f, 1, 0, 0]), contributions);
        Assert.Equal([0f, -1, 0, 0], contributions);
    }
}
