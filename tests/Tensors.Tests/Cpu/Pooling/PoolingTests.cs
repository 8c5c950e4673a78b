using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Cpu.Pooling;

namespace MLPipelines.Tensors.Tests.Cpu.Pooling;

public sealed unsafe class PoolingTests
{
    private static readonly PoolingSize[] Sizes =
    [
        new(2, 4, 6, 3, 2, 2, 2, 2),
        new(2, 7, 5, 17, 2, 2, 2, 2),
        new(1, 8, 8, 40, 3, 3, 2, 2) { PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 5, 6, 9, 3, 2, 1, 1) { PaddingHeight = 1 },
        new(2, 1, 12, 16, 1, 3, 1, 3),
        new(2, 7, 7, 33, 7, 7, 7, 7),
        new(1, 9, 9, 8, 2, 2, 3, 3),
    ];

    public static TheoryData<int, int> Cases()
    {
        TheoryData<int, int> cases = [];
        for (int size = 0; size < Sizes.Length; size++)
            for (int width = 0; width <= (int)KernelWidths.Widest; width++) cases.Add(size, width);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_greatest_of_a_window_gets_its_gradient(int index, int width)
    {
        foreach (bool rectified in new[] { false, true })
        {
            PoolingSize size = Sizes[index];
            using GuardedFloats input = GuardedFloats.Random(size.InputLength, 1), gradient = GuardedFloats.Random(size.OutputLength, 2);
            using GuardedFloats output = new(size.OutputLength), inputGradient = new(size.InputLength), unplaced = new(size.OutputLength);
            byte[] places = new byte[size.OutputLength];
            using (KernelWidths.Force((KernelWidth)width))
            {
                fixed (byte* at = places)
                {
                    MaxPooling.Forward(size, input.Pointer, rectified, output.Pointer, at);
                    MaxPooling.Backward(size, gradient.Pointer, at, inputGradient.Pointer);
                }
                MaxPooling.Forward(size, input.Pointer, rectified, unplaced.Pointer, null);
            }
            float[] expected = new float[size.OutputLength], expectedGradient = new float[size.InputLength];
            for (int y = 0; y < expected.Length; y++)
            {
                int best = -1;
                foreach (int x in Window(size, y))
                    if (best < 0 || input.Span[x] > input.Span[best]) best = x;
                expected[y] = rectified ? Math.Max(0, input.Span[best]) : input.Span[best];
                if (!rectified || input.Span[best] > 0) expectedGradient[best] += gradient.Span[y];
            }
            Assert.Equal(expected, output.Span.ToArray());
            Assert.Equal(expected, unplaced.Span.ToArray());
            Assert.Equal(expectedGradient, inputGradient.Span.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mean_gives_its_gradient_in_equal_shares(int index, int width)
    {
        foreach (bool countPadding in new[] { false, true })
        {
            PoolingSize size = Sizes[index];
            using GuardedFloats input = GuardedFloats.Random(size.InputLength, 1), gradient = GuardedFloats.Random(size.OutputLength, 2);
            using GuardedFloats output = new(size.OutputLength), inputGradient = new(size.InputLength);
            using (KernelWidths.Force((KernelWidth)width))
            {
                AveragePooling.Forward(size, input.Pointer, countPadding, output.Pointer);
                AveragePooling.Backward(size, gradient.Pointer, countPadding, inputGradient.Pointer);
            }
            float[] expected = new float[size.OutputLength];
            double[] expectedGradient = new double[size.InputLength];
            for (int y = 0; y < expected.Length; y++)
            {
                int[] window = [.. Window(size, y)];
                int count = countPadding ? size.WindowHeight * size.WindowWidth : window.Length;
                foreach (int x in window)
                {
                    expected[y] += input.Span[x];
                    expectedGradient[x] += (double)gradient.Span[y] / count;
                }
                expected[y] *= 1f / count;
            }
            Assert.Equal(expected, output.Span.ToArray());
            for (int i = 0; i < expectedGradient.Length; i++) Assert.Equal(expectedGradient[i], inputGradient.Span[i], 1e-5);
        }
    }

    [Fact]
    public void A_window_with_NaN_gives_NaN()
    {
        PoolingSize size = new(1, 2, 2, 16, 2, 2, 2, 2);
        using GuardedFloats input = GuardedFloats.Random(size.InputLength, 1), output = new(size.OutputLength);
        input.Span[16] = float.NaN;
        MaxPooling.Forward(size, input.Pointer, true, output.Pointer, null);
        Assert.True(float.IsNaN(output.Span[0]));
        Assert.False(float.IsNaN(output.Span[1]));
    }

    /// <summary>Where the numbers of an output's window are, row by row.</summary>
    private static List<int> Window(PoolingSize size, int output)
    {
        int channel = output % size.Channels, column = output / size.Channels % size.OutWidth, row = output / size.Channels / size.OutWidth % size.OutHeight, image = output / size.Channels / size.OutWidth / size.OutHeight;
        List<int> window = [];
        for (int i = 0; i < size.WindowHeight; i++)
            for (int j = 0; j < size.WindowWidth; j++)
            {
                int h = (row * size.StrideHeight) + i - size.PaddingHeight, w = (column * size.StrideWidth) + j - size.PaddingWidth;
                if ((uint)h < (uint)size.Height && (uint)w < (uint)size.Width) window.Add((((((image * size.Height) + h) * size.Width) + w) * size.Channels) + channel);
            }
        return window;
    }
}
