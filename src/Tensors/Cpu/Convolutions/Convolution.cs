namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// Convolutions of images (N, H, W, C) with weights (O, C / groups, KH, KW): y[n, i, j, o] = b[o] + Σ x[n, i s + kh d - p, j s + kw d - p, c] w[o, c, kh, kw], zero
/// outside of the image; and their gradients.
/// </summary>
/// <remarks>The order of every sum follows from the sizes: the same bits for any number of threads.</remarks>
internal static unsafe class Convolution
{
    /// <summary>Numbers that the packed weights take, for the width of kernels in force.</summary>
    internal static long PackedLength(in ConvolutionSize size)
    {
        if (size.IsDepthwise) return size.WeightLength;
        using Scratch scratch = Scratch.Open();
        return WeightPanels.Length(Correlation.Of(size.Upright(), scratch.Of<Tap>(size.Positions)), DenseCorrelation.PanelWidth(KernelWidths.Current, size.GroupOut));
    }

    /// <summary>Packs weights for <see cref="ForwardPacked"/>, once for networks whose weights no longer change. How depends on all sizes, those of the images too.</summary>
    internal static void Pack(in ConvolutionSize size, float* weights, float* packed)
    {
        if (size.IsDepthwise)
        {
            new ReadOnlySpan<float>(weights, (int)size.WeightLength).CopyTo(new Span<float>(packed, (int)size.WeightLength));
            return;
        }
        using Scratch scratch = Scratch.Open();
        Correlation correlation = Correlation.Of(size.Upright(), scratch.Of<Tap>(size.Positions));
        WeightPanels.Pack(correlation, size, weights, transposed: false, DenseCorrelation.PanelWidth(KernelWidths.Current, size.GroupOut), packed);
    }

    internal static void ForwardPacked(in ConvolutionSize size, float* input, float* packed, float* bias, bool rectified, float* output)
    {
        using Scratch scratch = Scratch.Open();
        Correlation correlation = Correlation.Of(size.Upright(), scratch.Of<Tap>(size.Positions));
        if (size.IsDepthwise) DepthwiseCorrelation.Run(correlation, input, packed, size.Positions, bias, rectified, output);
        else DenseCorrelation.Run(correlation, input, packed, bias, rectified, output);
    }

    /// <summary>The convolution, then, if <paramref name="rectified"/>, max(0, y). <paramref name="bias"/>: one for each output channel, or null.</summary>
    internal static void Forward(in ConvolutionSize size, float* input, float* weights, float* bias, bool rectified, float* output)
    {
        using Scratch scratch = Scratch.Open();
        float* packed = scratch.Floats(PackedLength(size));
        Pack(size, weights, packed);
        ForwardPacked(size, input, packed, bias, rectified, output);
    }

    /// <summary>The gradient by the input, from that by the output.</summary>
    internal static void InputGradient(in ConvolutionSize sizes, float* outputGradient, float* weights, float* inputGradient)
    {
        ConvolutionSize size = sizes.Upright();
        int width = DenseCorrelation.PanelWidth(KernelWidths.Current, size.GroupIn);
        for (int rowClass = 0; rowClass < size.StrideHeight; rowClass++)
        {
            for (int columnClass = 0; columnClass < size.StrideWidth; columnClass++)
            {
                using Scratch scratch = Scratch.Open();
                Correlation correlation = Correlation.OfInputGradient(size, rowClass, columnClass, scratch.Of<Tap>(size.Positions));
                if (size.IsDepthwise)
                {
                    DepthwiseCorrelation.Run(correlation, outputGradient, weights, size.Positions, null, false, inputGradient);
                    continue;
                }
                float* packed = scratch.Floats(WeightPanels.Length(correlation, width));
                WeightPanels.Pack(correlation, size, weights, transposed: true, width, packed);
                DenseCorrelation.Run(correlation, outputGradient, packed, null, false, inputGradient);
            }
        }
    }

    /// <summary>The gradients by weights and bias, from that by the output; they replace what was there. <paramref name="biasGradient"/>: null if there is no bias.</summary>
    internal static void WeightGradients(in ConvolutionSize size, float* input, float* outputGradient, float* weightGradient, float* biasGradient)
    {
        using Scratch scratch = Scratch.Open();
        Correlation correlation = Correlation.Of(size.Upright(), scratch.Of<Tap>(size.Positions));
        if (size.IsDepthwise) DepthwiseCorrelation.Gradients(correlation, input, outputGradient, weightGradient, biasGradient);
        else WeightGradient.Run(correlation, input, outputGradient, weightGradient, biasGradient);
    }
}
