using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Tests.Cpu;

namespace MLPipelines.Tensors.Tests.Randomness;

public class RandomTests
{
    // The known answers of the Random123 library (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0u, 0u, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(uint.MaxValue, uint.MaxValue, new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    public void Blocks_are_those_of_Philox(uint key, uint counter, uint[] expected)
    {
        var (a, b, c, d) = Philox.Block(key, key, (counter, counter, counter, counter));
        Assert.Equal<uint[]>(expected, [a, b, c, d]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(70_001)]
    public void Every_width_draws_the_same_numbers(int count)
    {
        float[][] drawn = [.. Widths.All.Select(width =>
        {
            using var forced = KernelWidths.Force(width);
            var random = new RandomSource(0xFFFF_FFFF_0000_0007) { Position = uint.MaxValue - 5 };
            Tensor x = Tensor.Uniform([count], random);
            return Tensor.Concat(0, x, Tensor.Normal([count], random), x.Dropout(0.3f, random)).ToArray();
        })];
        Assert.All(drawn, numbers => Assert.Equal(drawn[0], numbers));
    }

    [Fact]
    public void A_seed_gives_the_same_numbers_and_a_position_goes_back()
    {
        var random = new RandomSource(5);
        float[] first = Tensor.Normal([7], random).ToArray();
        ulong position = random.Position;
        float[] second = Tensor.Normal([7], random).ToArray();
        random.Position = position;
        Assert.Equal(second, Tensor.Normal([7], random).ToArray());
        Assert.Equal(first, Tensor.Normal([7], new RandomSource(5)).ToArray());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Numbers_are_distributed_as_they_should_be()
    {
        var random = new RandomSource(1);
        Tensor uniform = Tensor.Uniform([100_000], random, -1, 3), normal = Tensor.Normal([100_000], random, 2, 3);
        Assert.Equal(1, uniform.Mean().ToScalar(), 0.02);
        Assert.Equal(16 / 12.0, uniform.Variance([0]).ToScalar(), 0.02);
        Assert.Equal(2, normal.Mean().ToScalar(), 0.04);
        Assert.Equal(9, normal.Variance([0]).ToScalar(), 0.1);
        Assert.Equal(27 * 9, (normal - 2).Pow(4).Mean().ToScalar(), 8.0);
    }

    [Fact]
    public void Dropout_keeps_the_expectation_and_its_derivative_has_the_same_holes()
    {
        Tensor x = Tensor.Ones([10_001]).WithGradient();
        Tensor y = x.Dropout(0.25f, new RandomSource(3));
        y.Sum().Backward();
        Assert.Equal(1, y.Mean().ToScalar(), 0.03);
        Assert.Equal(y.ToArray(), x.Gradient.ToArray());
        Assert.All(y.ToArray(), value => Assert.True(value is 0 or 1 / 0.75f));
    }

    [Fact]
    public void An_order_is_a_permutation()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new RandomSource(1).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
