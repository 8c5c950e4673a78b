using MLPipelines.Tensors.Layers;

namespace MLPipelines.Tensors.Tests;

/// <summary>The library in one page.</summary>
public class TinyTests
{
    [Fact]
    public void Numbers_are_added_and_multiplied()
    {
        Tensor a = Tensor.From([1, 2, 3, 4, 5, 6], [2, 3]), b = Tensor.Of(10, 20, 30);
        Assert.Equal([11, 22, 33, 14, 25, 36], (a + b).ToArray());
        Assert.Equal([140, 320], a.MatMul(b.Reshape(3, 1)).ToArray());
        Assert.Equal([6, 15], a.Sum([1]).ToArray());
    }

    [Fact]
    public void Derivatives_flow_back()
    {
        Tensor x = Tensor.Of(1, 2, 3).WithGradient();
        (x * x).Sum().Backward();
        Assert.Equal([2, 4, 6], x.Gradient.ToArray());
    }

    [Fact]
    public void A_network_learns_exclusive_or()
    {
        var random = new RandomSource(seed: 1);
        Sequential network = [new Linear(2, 8, random, activation: Activation.Tanh), new Linear(8, 2, random)];
        var optimizer = new Adam(network.Parameters, learningRate: 0.05f);
        Tensor x = Tensor.From([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), classes = Tensor.OfIndices(0, 1, 1, 0);
        for (int i = 0; i < 100; i++)
        {
            using var step = new Step();
            optimizer.ClearGradients();
            network.Forward(x).CrossEntropy(classes).Backward();
            optimizer.Step();
        }
        Assert.Equal([0, 1, 1, 0], network.Forward(x).ArgMax().ToIndices());
    }
}
