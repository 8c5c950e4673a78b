namespace MLPipelines.Tensors.Tests;

/// <summary>The library in one page.</summary>
public class TinyTests
{
    [Fact]
    public void Numbers_are_added_and_multiplied()
    {
        var a = Tensor.From([1, 2, 3, 4, 5, 6], [2, 3]);
        var b = Tensor.Of(10, 20, 30);
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
        var x = Tensor.From([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
        var y = Tensor.From([0, 1, 1, 0], [4, 1]);
        Tensor w1 = Tensor.From([1, -1, 0.5f, 1, 1, -0.5f], [2, 3]).WithGradient(), b1 = Tensor.Zeros([3]).WithGradient();
        Tensor w2 = Tensor.From([1, -0.5f, 0.3f], [3, 1]).WithGradient();
        float loss = 0;
        for (int i = 0; i < 500; i++)
        {
            using var step = new Step();
            Tensor error = (x.MatMul(w1) + b1).Tanh().MatMul(w2) - y, mean = (error * error).Mean();
            mean.Backward();
            foreach (Tensor w in (ReadOnlySpan<Tensor>)[w1, b1, w2])
            {
                w.CopyFrom((w - 0.3f * w.Gradient).Detach());
                w.ClearGradient();
            }
            loss = mean.ToScalar();
        }
        Assert.True(loss < 0.01, $"The loss is {loss}.");
    }
}
