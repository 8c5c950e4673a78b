using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class BinTests
{
    private static float[] Bounds(float[] values, int most, int zeros = 0) => Bounds(values, new BoostingOptions { MaximumBinCount = most }, zeros);

    private static float[] Bounds(float[] values, BoostingOptions options, int zeros = 0) => BinFinder.Bounds([.. values], new int[values.Length], zeros, options);

    [Fact]
    public void Zero_has_a_bin_between_the_numbers_on_both_sides_where_that_is_wanted()
    {
        var options = new BoostingOptions { ZeroHasABin = true };
        Assert.Equal([-1.5f, -float.Epsilon, float.Epsilon, 3.5f], Bounds([-2, -1, 0, 3, 4], options));
        Assert.Equal([3.5f], Bounds([3, 4], options));
        Assert.Equal([float.Epsilon, 3.5f], Bounds([0, 3, 4], options, zeros: 7));
        Assert.Equal([-3.5f, -float.Epsilon], Bounds([-4, -3, 0], options));
    }

    [Fact]
    public void Few_values_have_a_bin_each() => Assert.Equal([-0.5f, 1.5f], Bounds([-1, -1, 0, 3, 3], 255));

    [Fact]
    public void Zeros_besides_count() => Assert.Equal([0.5f, 1.5f], Bounds([0, 1, 2], 3, zeros: 100));

    [Fact]
    public void Many_values_fill_bins_evenly()
    {
        float[] bounds = Bounds([.. Enumerable.Range(0, 10_000).Select(i => (float)i)], 100);
        Assert.InRange(bounds.Length, 98, 99);
        for (int i = 1; i < bounds.Length; i++) Assert.InRange(bounds[i] - bounds[i - 1], 99, 103);
    }

    [Fact]
    public void A_frequent_value_has_a_bin_of_its_own()
    {
        float[] bounds = Bounds([.. Enumerable.Repeat(500.5f, 5000).Concat(Enumerable.Range(0, 1000).Select(i => (float)i)).Order()], 20);
        int above = Array.IndexOf(bounds, 500.75f);
        // With what did not fill half a bin before it.
        Assert.InRange(bounds[above - 1], 470, 500.25);
        Assert.InRange(bounds.Length, 15, 19);
    }

    [Fact]
    public void Values_lie_in_the_bin_between_its_bounds()
    {
        var random = new Random(1);
        foreach (int count in new[] { 1, 2, 15, 16, 17, 100, 240, 254 })
        {
            float[] bounds = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle()).Distinct().Order()];
            BinColumn column = BinColumn.Numeric(0, bounds);
            Assert.Equal(bounds.Length + 1, column.ValueBins);
            foreach (float value in bounds.Concat(Enumerable.Range(0, 200).Select(_ => random.NextSingle())).Concat([float.NegativeInfinity, float.PositiveInfinity, 0, 2, -1]))
                Assert.Equal(bounds.Count(bound => value > bound), column.BinOf(value));
            Assert.Equal(column.MissingBin, column.BinOf(float.NaN));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void Numbers_are_sorted_by_their_bits(int count)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, count).Select(i => (i % 7) switch { 0 => 0, 1 => -0f, 2 => float.PositiveInfinity, 3 => -1e-40f, _ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-30, 30)) })];
        float[] expected = [.. values.Order()];
        FloatSort.Sort(values, new float[count]);
        Assert.Equal(expected, values);
    }
}
