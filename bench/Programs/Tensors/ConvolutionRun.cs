using System.Diagnostics;
using System.Runtime.InteropServices;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Cpu.Convolutions;

namespace MLPipelines.Programs.Tensors;

/// <summary>Convolutions of the layers of some networks: forward and both gradients in billions of operations a second, two for each product.</summary>
internal static unsafe class ConvolutionRun
{
    private static readonly (string Name, ConvolutionSize Size)[] Layers =
    [
        ("small 28 1>32", Three(64, 28, 1, 32)),
        ("small 14 32>64", Three(64, 14, 32, 64)),
        ("small 7 64>128", Three(64, 7, 64, 128)),
        ("small 32 3>32", Three(64, 32, 3, 32)),
        ("small 16 32>64", Three(64, 16, 32, 64)),
        ("small 8 64>128", Three(64, 8, 64, 128)),
        ("resnet 32 64", Three(64, 32, 64, 64)),
        ("resnet 32 64>128 /2", Three(64, 32, 64, 128, 2)),
        ("resnet 32 64>128 1x1 /2", new(64, 32, 32, 64, 128, 1, 1) { StrideHeight = 2, StrideWidth = 2 }),
        ("resnet 16 128", Three(64, 16, 128, 128)),
        ("resnet 8 256", Three(64, 8, 256, 256)),
        ("resnet 4 512", Three(64, 4, 512, 512)),
        ("mobile 32 32 dw", Depthwise(64, 32, 32)),
        ("mobile 32 32>64 1x1", One(64, 32, 32, 64)),
        ("mobile 32 64 dw /2", Depthwise(64, 32, 64, 2)),
        ("mobile 16 64>128 1x1", One(64, 16, 64, 128)),
        ("mobile 16 128 dw", Depthwise(64, 16, 128)),
        ("mobile 16 128 1x1", One(64, 16, 128, 128)),
        ("mobile 8 256 dw", Depthwise(64, 8, 256)),
        ("mobile 8 256 1x1", One(64, 8, 256, 256)),
        ("mobile 4 512 1x1", One(64, 4, 512, 512)),
        ("one image 28 1>32", Three(1, 28, 1, 32)),
        ("one image 14 32>64", Three(1, 14, 32, 64)),
        ("one image 7 64>128", Three(1, 7, 64, 128)),
    ];

    /// <summary>Writes a table; only the layers whose names contain the text.</summary>
    internal static void Run(string which)
    {
        Console.WriteLine($"{"layer",-24} {"GFLOP",7}   forward  by input by weights   microseconds   ({Crew.Threads} threads)");
        foreach ((string name, ConvolutionSize size) in Layers)
            if (name.Contains(which, StringComparison.Ordinal)) Measure(name, size);
    }

    private static ConvolutionSize Three(int images, int side, int channels, int outChannels, int stride = 1) =>
        new(images, side, side, channels, outChannels, 3, 3) { PaddingHeight = 1, PaddingWidth = 1, StrideHeight = stride, StrideWidth = stride };

    private static ConvolutionSize One(int images, int side, int channels, int outChannels) => new(images, side, side, channels, outChannels, 1, 1);

    private static ConvolutionSize Depthwise(int images, int side, int channels, int stride = 1) => Three(images, side, channels, channels, stride) with { Groups = channels };

    private static void Measure(string name, ConvolutionSize size)
    {
        float* input = Numbers(size.InputLength), output = Numbers(size.OutputLength), weights = Numbers(size.WeightLength), bias = Numbers(size.OutChannels);
        float* inputGradient = Numbers(size.InputLength), weightGradient = Numbers(size.WeightLength), biasGradient = Numbers(size.OutChannels);
        double forward = Best(() => Convolution.Forward(size, input, weights, bias, true, output));
        double byInput = Best(() => Convolution.InputGradient(size, output, weights, inputGradient));
        double byWeights = Best(() => Convolution.WeightGradients(size, input, output, weightGradient, biasGradient));
        double work = 2e-9 * size.Products;
        Console.WriteLine($"{name,-24} {work,7:F3} {work / forward,9:F0} {work / byInput,9:F0} {work / byWeights,9:F0}   {forward * 1e6,7:F0} {byInput * 1e6,7:F0} {byWeights * 1e6,7:F0}");
        foreach (nint numbers in new[] { (nint)input, (nint)output, (nint)weights, (nint)bias, (nint)inputGradient, (nint)weightGradient, (nint)biasGradient }) NativeMemory.AlignedFree((void*)numbers);
    }

    /// <summary>The least seconds of many runs, since others use the machine too.</summary>
    internal static double Best(Action work)
    {
        double best = double.MaxValue;
        long end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 4);
        for (int run = 0; run < 40 || Stopwatch.GetTimestamp() < end; run++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (run >= 8 && Stopwatch.GetTimestamp() > end + (Stopwatch.Frequency / 2)) break;
        }
        return best;
    }

    internal static float* Numbers(long length)
    {
        float* numbers = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        Random random = new(1);
        for (long i = 0; i < length; i++) numbers[i] = random.NextSingle() - 0.5f;
        return numbers;
    }
}
