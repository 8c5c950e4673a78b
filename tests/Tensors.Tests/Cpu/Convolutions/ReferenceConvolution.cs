using MLPipelines.Tensors.Cpu.Convolutions;

namespace MLPipelines.Tensors.Tests.Cpu.Convolutions;

/// <summary>Convolution and its gradients as their definition says, one product after another, in double precision.</summary>
internal sealed class ReferenceConvolution
{
    internal ReferenceConvolution(in ConvolutionSize size, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> outputGradient)
    {
        Output = new double[size.OutputLength];
        InputGradient = new double[size.InputLength];
        WeightGradient = new double[size.WeightLength];
        BiasGradient = new double[size.OutChannels];
        int output = 0;
        for (int n = 0; n < size.Images; n++)
            for (int i = 0; i < size.OutHeight; i++)
                for (int j = 0; j < size.OutWidth; j++)
                    for (int o = 0; o < size.OutChannels; o++, output++)
                    {
                        double sum = bias[o];
                        BiasGradient[o] += outputGradient[output];
                        for (int kh = 0; kh < size.KernelHeight; kh++)
                            for (int kw = 0; kw < size.KernelWidth; kw++)
                            {
                                int h = (i * size.StrideHeight) + (kh * size.DilationHeight) - size.PaddingHeight;
                                int w = (j * size.StrideWidth) + (kw * size.DilationWidth) - size.PaddingWidth;
                                if ((uint)h >= (uint)size.Height || (uint)w >= (uint)size.Width) continue;
                                for (int c = 0; c < size.GroupIn; c++)
                                {
                                    int x = (((((n * size.Height) + h) * size.Width) + w) * size.Channels) + (o / size.GroupOut * size.GroupIn) + c;
                                    int weight = (((((o * size.GroupIn) + c) * size.KernelHeight) + kh) * size.KernelWidth) + kw;
                                    sum += (double)input[x] * weights[weight];
                                    InputGradient[x] += (double)outputGradient[output] * weights[weight];
                                    WeightGradient[weight] += (double)outputGradient[output] * input[x];
                                }
                            }
                        Output[output] = sum;
                    }
    }

    internal double[] Output { get; }

    internal double[] InputGradient { get; }

    internal double[] WeightGradient { get; }

    internal double[] BiasGradient { get; }
}
