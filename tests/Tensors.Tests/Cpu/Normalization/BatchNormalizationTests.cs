using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Cpu.Normalization;

namespace MLPipelines.Tensors.Tests.Cpu.Normalization;

public sealed unsafe class BatchNormalizationTests
{
    private const float Epsilon = 1e-5f;

    /// <summary>Rows, channels, rectified, added, statistics known.</summary>
    public static TheoryData<int, int, bool, bool, bool, int> Cases()
    {
        TheoryData<int, int, bool, bool, bool, int> cases = [];
        foreach ((int rows, int channels) in new[] { (1, 3), (7, 1), (50, 19), (33, 64), (2000, 40), (70, 135) })
            foreach ((bool rectified, bool added, bool known) in new[] { (false, false, false), (true, false, false), (false, true, false), (true, true, false), (true, true, true), (true, false, true) })
                foreach (KernelWidth width in Widths.All) cases.Add(rows, channels, rectified, added, known, (int)width);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_width_gives_the_numbers_of_the_formula(int rows, int channels, bool rectified, bool added, bool known, int width)
    {
        int length = rows * channels;
        using GuardedFloats input = GuardedFloats.Random(length, 1), other = GuardedFloats.Random(length, 2), gradient = GuardedFloats.Random(length, 3), scale = GuardedFloats.Random(channels, 4), shift = GuardedFloats.Random(channels, 5);
        using GuardedFloats output = new(length), inputGradient = new(length), addedGradient = new(length), scaleGradient = new(channels), shiftGradient = new(channels), mean = GuardedFloats.Random(channels, 6), inverse = new(channels);
        // Far from zero, where sums of squares would lose the variance.
        for (int i = 0; i < length; i++) input.Span[i] += 30 * (i % channels % 8);
        inverse.Span.Fill(0.75f);
        NormalizationData data = new()
        {
            Rows = rows, Channels = channels, Rectified = rectified, Input = input.Pointer, Output = output.Pointer, Added = added ? other.Pointer : null, Scale = scale.Pointer, Shift = shift.Pointer,
            OutputGradient = gradient.Pointer, InputGradient = inputGradient.Pointer, AddedGradient = added ? addedGradient.Pointer : null, ScaleGradient = scaleGradient.Pointer, ShiftGradient = shiftGradient.Pointer,
        };
        using (KernelWidths.Force((KernelWidth)width))
        {
            if (known) BatchNormalization.Infer(data, mean.Pointer, inverse.Pointer);
            else BatchNormalization.Train(data, Epsilon, mean.Pointer, inverse.Pointer);
            BatchNormalization.Backward(data, mean.Pointer, inverse.Pointer, known);
        }
        for (int channel = 0; channel < channels; channel++)
        {
            double[] x = Column(input, channel, channels), g = Column(gradient, channel, channels);
            double average = known ? mean.Span[channel] : x.Average(), root = known ? inverse.Span[channel] : 1 / Math.Sqrt(x.Average(v => (v - average) * (v - average)) + Epsilon);
            Assert.Equal(average, mean.Span[channel], 1e-3);
            Assert.Equal(1, inverse.Span[channel] / root, 1e-4);
            double tolerance = 2e-5 * Math.Max(1, root) * Math.Max(10, Math.Abs(average));
            for (int row = 0; row < rows; row++)
            {
                int at = (row * channels) + channel;
                double y = ((x[row] - average) * root * scale.Span[channel]) + shift.Span[channel] + (added ? other.Span[at] : 0);
                Assert.Equal(rectified ? Math.Max(0, y) : y, output.Span[at], tolerance);
                if (rectified && !(output.Span[at] > 0)) g[row] = 0;
                if (added) Assert.Equal(g[row], addedGradient.Span[at]);
            }
            double sum = g.Sum(), product = g.Zip(x, (a, b) => a * (b - average) * root).Sum();
            Assert.Equal(sum, shiftGradient.Span[channel], 1e-2);
            Assert.Equal(product, scaleGradient.Span[channel], tolerance * (1 + g.Sum(Math.Abs)));
            for (int row = 0; row < rows; row++)
            {
                double expected = scale.Span[channel] * root * (g[row] - (known ? 0 : (sum / rows) + ((x[row] - average) * root * product / rows)));
                Assert.Equal(expected, inputGradient.Span[(row * channels) + channel], tolerance * Math.Max(1, root));
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        const int Rows = 5000, Channels = 48;
        using GuardedFloats input = new(Rows * Channels), one = new(Rows * Channels), four = new(Rows * Channels), mean = new(Channels), inverse = new(Channels);
        Random random = new(1);
        foreach (ref float number in input.Span) number = random.NextSingle();
        NormalizationData data = new() { Rows = Rows, Channels = Channels, Input = input.Pointer };
        int threads = Crew.Threads;
        try
        {
            Crew.Threads = 1;
            BatchNormalization.Train(data with { Output = one.Pointer }, Epsilon, mean.Pointer, inverse.Pointer);
            Crew.Threads = 4;
            BatchNormalization.Train(data with { Output = four.Pointer }, Epsilon, mean.Pointer, inverse.Pointer);
        }
        finally
        {
            Crew.Threads = threads;
        }
        Assert.True(one.Span.SequenceEqual(four.Span));
    }

    private static double[] Column(GuardedFloats numbers, int channel, int channels)
    {
        double[] column = new double[numbers.Length / channels];
        for (int row = 0; row < column.Length; row++) column[row] = numbers.Span[(row * channels) + channel];
        return column;
    }
}
