using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees.Models;

public class FlatTreesTests
{
    /// <param name="trees">How many trees.</param>
    /// <param name="leaves">How many leaves a tree has at most.</param>
    /// <param name="features">Of how many features trees ask.</param>
    /// <param name="balance">The share of splits that take the leaf that is least deep, in place of any.</param>
    [Theory]
    [InlineData(1, 2, 1, 0.5)]
    [InlineData(15, 8, 3, 1)]
    [InlineData(100, 20, 14, 0.5)]
    [InlineData(37, 33, 32, 0.5)]
    [InlineData(64, 64, 33, 0)]
    [InlineData(48, 128, 200, 0.9)]
    [InlineData(20, 150, 10, 0.5)]
    public void Masks_and_walks_come_to_the_same_leaves(int trees, int leaves, int features, double balance)
    {
        var random = new Random(leaves + features);
        DecisionTree[] all = [.. Enumerable.Range(0, trees).Select(_ => Grow(random, random.Next(1, leaves + 1), features, balance))];
        var walks = new FlatTrees(all, int.MaxValue);
        var masks = new FlatTrees(all, 0);
        for (int row = 0; row < 300; row++)
        {
            // Some values are thresholds, some lack, some are no numbers to compare with.
            float[] values = [.. Enumerable.Range(0, features).Select(_ => random.Next(50) switch
            {
                0 when row % 3 == 0 => float.NaN,
                1 => float.PositiveInfinity,
                2 => float.NegativeInfinity,
                _ => random.Next(-20, 20) / 4f,
            })];
            double sum = walks.Sum(values);
            Assert.Equal(sum, masks.Sum(values));
            Assert.Equal(all.Sum(tree => (double)tree.Score(values)), sum, 1e-9);
        }
    }

    [Fact]
    public void Trees_that_do_not_suit_are_walked_beside_those_that_do()
    {
        var random = new Random(1);
        DecisionTree[] all = [.. Enumerable.Range(0, 64).Select(i => Grow(random, i is > 16 and < 20 ? 300 : 12, 40, 0.5))];
        DecisionTree sets = all[40];
        all[40] = new DecisionTree
        {
            Features = sets.Features, Thresholds = sets.Thresholds, MissingLeft = sets.MissingLeft, Left = sets.Left, Right = sets.Right, Gains = sets.Gains, Covers = sets.Covers,
            LeafValues = sets.LeafValues, LeafCovers = sets.LeafCovers, CategorySets = [0, .. Enumerable.Repeat(-1, sets.NodeCount - 1)], CategoryPool = [1, 0b1010],
        };
        all[60].Thresholds[0] = float.NaN;
        var masks = new FlatTrees(all, 0);
        for (int row = 0; row < 200; row++)
        {
            float[] values = [.. Enumerable.Range(0, 40).Select(_ => random.Next(-3, 4) * 1f)];
            Assert.Equal(new FlatTrees(all, int.MaxValue).Sum(values), masks.Sum(values));
        }
    }

    private static DecisionTree Grow(Random random, int leaves, int features, double balance)
    {
        int nodes = leaves - 1;
        int[] left = new int[nodes], right = new int[nodes];
        // Places where a leaf hangs: the node, or none for the root, the side, and how deep.
        var places = new List<(int Node, bool IsRight, int Depth)> { (-1, false, 0) };
        void Hang((int Node, bool IsRight, int Depth) place, int child)
        {
            if (place.Node >= 0) (place.IsRight ? right : left)[place.Node] = child;
        }
        for (int node = 0; node < nodes; node++)
        {
            int chosen = random.NextDouble() < balance ? places.IndexOf(places.MinBy(place => place.Depth)) : random.Next(places.Count);
            var place = places[chosen];
            Hang(place, node);
            places[chosen] = (node, false, place.Depth + 1);
            places.Add((node, true, place.Depth + 1));
        }
        for (int leaf = 0; leaf < places.Count; leaf++) Hang(places[leaf], ~leaf);
        return new DecisionTree
        {
            Features = [.. Enumerable.Range(0, nodes).Select(_ => random.Next(features))],
            Thresholds = [.. Enumerable.Range(0, nodes).Select(_ => random.Next(-20, 20) / 4f)],
            MissingLeft = [.. Enumerable.Range(0, nodes).Select(_ => random.Next(2) == 0)],
            Left = left, Right = right, Gains = new float[nodes], Covers = new double[nodes],
            LeafValues = [.. Enumerable.Range(0, leaves).Select(_ => (float)(random.NextDouble() - 0.5))],
            LeafCovers = new double[leaves],
        };
    }
}
