using System.Numerics;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(21)]
    [InlineData(97)]
    [InlineData(360)]
    public void It_is_the_sum_that_defines_it(int length)
    {
        Complex[] values = [.. Enumerable.Range(0, length).Select(i => new Complex(i * 31 % 17 - 8, i * 13 % 7))], transformed = [.. values];
        new FourierTransform(length).Forward(transformed);
        for (int k = 0; k < length; k++)
        {
            Complex sum = 0;
            for (int j = 0; j < length; j++) sum += values[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (j * k % length) / length);
            Assert.Equal(0, (sum - transformed[k]).Magnitude, 1e-11);
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1029)]
    [InlineData(4999)]
    public void Backward_undoes_forward(int length)
    {
        Complex[] values = [.. Enumerable.Range(0, length).Select(i => new Complex(Math.Sin(i), i % 5))], transformed = [.. values];
        var fourier = new FourierTransform(length);
        fourier.Forward(transformed);
        fourier.Backward(transformed);
        Assert.All(values.Zip(transformed), pair => Assert.Equal(0, (pair.First - pair.Second).Magnitude, 1e-12));
    }
}
