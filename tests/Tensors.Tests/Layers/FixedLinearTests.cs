using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Layers;
using MLPipelines.Tensors.Tests.Cpu;
using MLPipelines.Tensors.Tests.Operations;

namespace MLPipelines.Tensors.Tests.Layers;

public class FixedLinearTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 5, 3 }, { 33, 17 }, { 64, 64 }, { 192, 576 }, { 700, 40 }, { 600, 2000 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_has_the_values_of_a_linear_layer(int inputs, int outputs)
    {
        foreach (KernelWidth lanes in Widths.All)
        {
            using var forced = KernelWidths.Force(lanes);
            var random = new RandomSource(1);
            var layer = new Linear(inputs, outputs, random, activation: Activation.Gelu);
            Tensor x = Tensor.Normal([2, 5, inputs], random);
            Close.Equal(layer.Forward(x).ToArray(), new FixedLinear(layer).Forward(x).ToArray(), 1e-5);
            Close.Equal(x.Linear(layer.Weight).ToArray(), new FixedLinear(layer.Weight, Tensor.None).Forward(x).ToArray(), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_row_does_not_depend_on_the_rows_beside_it(int inputs, int outputs)
    {
        var random = new RandomSource(1);
        var layer = new FixedLinear(new Linear(inputs, outputs, random));
        Tensor x = Tensor.Normal([40, inputs], random);
        float[] all = layer.Forward(x).ToArray();
        foreach (int rows in (int[])[1, 2, 3, 6, 7, 13, 29])
            Assert.Equal(all.AsSpan(3 * outputs, rows * outputs).ToArray(), layer.Forward(x.Slice(0, 3, rows)).ToArray());
    }

    [Fact]
    public void Weights_of_half_the_size_are_widened()
    {
        var random = new RandomSource(1);
        var layer = new Linear(40, 24, random);
        Tensor x = Tensor.Normal([3, 40], random);
        layer.StoreMatricesAs(ElementType.BFloat16);
        Close.Equal(layer.Forward(x).ToArray(), new FixedLinear(layer).Forward(x).ToArray(), 1e-5);
    }

    [Fact]
    public void What_it_cannot_take_is_refused()
    {
        var layer = new FixedLinear(new Linear(4, 3, new RandomSource(1)));
        Assert.Contains("(2, 5)", Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Zeros([2, 5]))).Message, StringComparison.Ordinal);
    }
}
