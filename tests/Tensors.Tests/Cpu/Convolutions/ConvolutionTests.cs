using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Cpu.Convolutions;

namespace MLPipelines.Tensors.Tests.Cpu.Convolutions;

public sealed unsafe class ConvolutionTests
{
    private static readonly ConvolutionSize[] Sizes =
    [
        new(1, 1, 1, 1, 1, 1, 1),
        new(0, 5, 4, 3, 6, 3, 3),
        new(0, 5, 4, 16, 16, 3, 3) { Groups = 16 },
        new(2, 5, 6, 3, 4, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 7, 7, 16, 32, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 9, 8, 1, 33, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 8, 8, 5, 47, 1, 1),
        new(2, 9, 7, 8, 17, 1, 1) { StrideHeight = 2, StrideWidth = 2 },
        new(2, 9, 10, 6, 35, 3, 3) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 },
        new(1, 15, 14, 3, 20, 7, 7) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 3, PaddingWidth = 3 },
        new(2, 11, 9, 4, 6, 3, 2) { StrideHeight = 3, StrideWidth = 1, PaddingHeight = 2, PaddingWidth = 0 },
        new(2, 10, 12, 5, 7, 3, 3) { DilationHeight = 2, DilationWidth = 3, PaddingHeight = 2, PaddingWidth = 3 },
        new(1, 13, 13, 4, 9, 3, 3) { DilationHeight = 2, DilationWidth = 2, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 3, PaddingWidth = 1 },
        new(2, 6, 6, 8, 12, 3, 3) { Groups = 2, PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 7, 5, 6, 9, 3, 3) { Groups = 3, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 6, 7, 5, 10, 3, 3) { Groups = 5, PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 1, 21, 7, 19, 1, 5) { PaddingWidth = 2, StrideWidth = 2 },
        new(2, 1, 30, 4, 40, 1, 3) { PaddingWidth = 4, DilationWidth = 4 },
        new(2, 9, 8, 18, 37, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 7, 10, 16, 16, 3, 3),
        new(2, 9, 9, 33, 20, 3, 3) { PaddingHeight = 2, PaddingWidth = 2 },
        new(1, 1, 600, 3, 18, 1, 5) { PaddingWidth = 2, StrideWidth = 2, DilationWidth = 3 },
        new(2, 1, 300, 16, 16, 1, 3) { PaddingWidth = 1, Groups = 16 },
        new(9, 4, 4, 20, 70, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(1, 3, 3, 4, 5, 5, 5) { PaddingHeight = 3, PaddingWidth = 3 },
        new(2, 4, 4, 3, 5, 4, 4),
        new(2, 7, 6, 21, 21, 3, 3) { Groups = 21, PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 9, 8, 40, 40, 3, 3) { Groups = 40, PaddingHeight = 1, PaddingWidth = 1, StrideHeight = 2, StrideWidth = 2 },
        new(2, 11, 10, 18, 18, 5, 5) { Groups = 18, PaddingHeight = 2, PaddingWidth = 2, DilationWidth = 2 },
        new(2, 1, 20, 16, 16, 1, 4) { Groups = 16, PaddingWidth = 3 },
        new(2, 6, 6, 3, 8, 2, 2) { StrideHeight = 3, StrideWidth = 3 },
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
    public void Every_width_gives_the_sums_of_the_definition(int index, int width)
    {
        ConvolutionSize size = Sizes[index];
        using GuardedFloats input = GuardedFloats.Random(size.InputLength, 1), weights = GuardedFloats.Random(size.WeightLength, 2), bias = GuardedFloats.Random(size.OutChannels, 3);
        using GuardedFloats gradient = GuardedFloats.Random(size.OutputLength, 4), output = new(size.OutputLength), rectified = new(size.OutputLength), outputOfPacked = new(size.OutputLength);
        using GuardedFloats inputGradient = new(size.InputLength), weightGradient = new(size.WeightLength), biasGradient = new(size.OutChannels);
        ReferenceConvolution expected = new(size, input.Span, weights.Span, bias.Span, gradient.Span);
        using (KernelWidths.Force((KernelWidth)width))
        {
            Convolution.Forward(size, input.Pointer, weights.Pointer, bias.Pointer, false, output.Pointer);
            Convolution.Forward(size, input.Pointer, weights.Pointer, bias.Pointer, true, rectified.Pointer);
            using GuardedFloats packed = new(Convolution.PackedLength(size));
            Convolution.Pack(size, weights.Pointer, packed.Pointer);
            Convolution.ForwardPacked(size, input.Pointer, packed.Pointer, bias.Pointer, false, outputOfPacked.Pointer);
            Convolution.InputGradient(size, gradient.Pointer, weights.Pointer, inputGradient.Pointer);
            Convolution.WeightGradients(size, input.Pointer, gradient.Pointer, weightGradient.Pointer, biasGradient.Pointer);
        }
        // Sums of sixteenths below 2²⁰ are exact.
        AssertEqual(expected.Output, output.Span);
        AssertEqual(expected.Output, outputOfPacked.Span);
        AssertEqual([.. expected.Output.Select(y => Math.Max(0, y))], rectified.Span);
        AssertEqual(expected.InputGradient, inputGradient.Span);
        AssertEqual(expected.WeightGradient, weightGradient.Span);
        AssertEqual(expected.BiasGradient, biasGradient.Span);
    }

    [Fact]
    public void Without_a_bias_none_is_added()
    {
        ConvolutionSize size = Sizes[1];
        using GuardedFloats input = GuardedFloats.Random(size.InputLength, 1), weights = GuardedFloats.Random(size.WeightLength, 2), output = new(size.OutputLength);
        ReferenceConvolution expected = new(size, input.Span, weights.Span, new float[size.OutChannels], new float[size.OutputLength]);
        Convolution.Forward(size, input.Pointer, weights.Pointer, null, false, output.Pointer);
        AssertEqual(expected.Output, output.Span);
    }

    [Theory]
    [InlineData(24, 3, 1, 1)]
    [InlineData(24, 3, 2, 1)]
    [InlineData(40, 3, 1, 40)]
    [InlineData(6, 1, 1, 1)]
    public void The_number_of_threads_changes_no_bit(int channels, int kernel, int stride, int groups)
    {
        ConvolutionSize size = new(16, 16, 16, channels, 40, kernel, kernel) { PaddingHeight = kernel / 2, PaddingWidth = kernel / 2, StrideHeight = stride, StrideWidth = stride, Groups = groups };
        using GuardedFloats input = new(size.InputLength), gradient = new(size.OutputLength), one = new(size.WeightLength), four = new(size.WeightLength);
        Random random = new(5);
        foreach (ref float number in input.Span) number = random.NextSingle() - 0.5f;
        foreach (ref float number in gradient.Span) number = random.NextSingle() - 0.5f;
        int threads = Crew.Threads;
        try
        {
            Crew.Threads = 1;
            Convolution.WeightGradients(size, input.Pointer, gradient.Pointer, one.Pointer, null);
            Crew.Threads = 4;
            Convolution.WeightGradients(size, input.Pointer, gradient.Pointer, four.Pointer, null);
        }
        finally
        {
            Crew.Threads = threads;
        }
        Assert.True(one.Span.SequenceEqual(four.Span));
    }

    private static void AssertEqual(double[] expected, Span<float> actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.True(expected[i] == actual[i], $"At {i}: {actual[i]} instead of {expected[i]}.");
    }
}
