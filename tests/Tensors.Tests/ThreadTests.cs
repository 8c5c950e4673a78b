using MLPipelines.Tensors.Layers;

namespace MLPipelines.Tensors.Tests;

public class ThreadTests
{
    [Fact]
    public void Many_threads_predict_with_one_network()
    {
        var random = new RandomSource(1);
        Sequential network = [new Conv2d(1, 4, 3, random, padding: 1), new BatchNorm(4, isRectified: true), new MaxPool(2), new Flatten(), new Linear(64, 5, random)];
        network.Train(false);
        Tensor[] inputs = [.. Enumerable.Range(0, 8).Select(_ => Tensor.Normal([3, 8, 8, 1], random))];
        float[][] expected = [.. inputs.Select(input => network.Forward(input).ToArray())];
        Parallel.For(0, 400, i =>
        {
            using var step = new Step();
            using var quiet = new NoGradient();
            Assert.Equal(expected[i % 8], network.Forward(inputs[i % 8]).ToArray());
        });
    }

    [Fact]
    public void Many_threads_look_at_one_parameter()
    {
        var random = new RandomSource(1);
        var attention = new MultiHeadAttention(8, 2, random);
        attention.Train(false);
        Tensor x = Tensor.Normal([2, 3, 8], random);
        float[] expected;
        using (new Step()) expected = attention.Forward(x).ToArray();
        Parallel.For(0, 2000, _ =>
        {
            using var step = new Step();
            using var quiet = new NoGradient();
            Assert.Equal(expected, attention.Forward(x).ToArray());
        });
        Assert.Equal(1, attention.InputWeight.Cell.Storage.Uses);
    }

    [Fact]
    public void Outside_of_steps_memory_comes_back_with_the_garbage()
    {
        Tensor x = Tensor.Ones([512, 512]), sum = Tensor.Zeros([512, 512]);
        using var quiet = new NoGradient();
        for (int i = 0; i < 300; i++)
        {
            sum += (x.Transpose() * 2).Transpose().Contiguous();
            if (i % 50 == 0) GC.Collect();
        }
        Assert.All(sum.ToArray(), value => Assert.Equal(600, value));
    }

    [Fact]
    public void A_step_that_is_left_by_an_error_ends_as_well()
    {
        Tensor inside = Tensor.None;
        Assert.Throws<ArgumentException>(() =>
        {
            using var step = new Step();
            inside = Tensor.Ones([2, 3]);
            inside.MatMul(inside);
        });
        Assert.Throws<InvalidOperationException>(() => inside.ToArray());
        Assert.Equal([1], Tensor.Ones([1]).ToArray());
    }
}
