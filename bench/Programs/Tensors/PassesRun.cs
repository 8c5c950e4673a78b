using System.Runtime.InteropServices;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Cpu.Normalization;
using MLPipelines.Tensors.Cpu.Pooling;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Programs.Tensors;

/// <summary>What networks do between convolutions, as billions of bytes a second that the tensors themselves have, each counted once.</summary>
internal static unsafe class PassesRun
{
    internal static void Run()
    {
        Console.WriteLine($"{"pass",-34} {"GB/s",6} {"microseconds",13}   ({Crew.Threads} threads)");
        foreach ((int side, int channels) in new[] { (32, 32), (32, 64), (16, 128), (8, 256), (4, 512) }) Normalization(64, side, channels);
        foreach ((int side, int channels) in new[] { (28, 32), (14, 64), (32, 32) }) Pooling(64, side, channels);
        Updates(104_202);
        Updates(11_173_962);
    }

    private static void Normalization(int images, int side, int channels)
    {
        long rows = (long)images * side * side, length = rows * channels;
        float* x = ConvolutionRun.Numbers(length), y = ConvolutionRun.Numbers(length), added = ConvolutionRun.Numbers(length), gradient = ConvolutionRun.Numbers(length), ofAdded = ConvolutionRun.Numbers(length);
        float* scale = ConvolutionRun.Numbers(channels), shift = ConvolutionRun.Numbers(channels), mean = ConvolutionRun.Numbers(channels), inverse = ConvolutionRun.Numbers(channels);
        NormalizationData data = new() { Rows = rows, Channels = channels, Rectified = true, Input = x, Output = y, Scale = scale, Shift = shift, OutputGradient = gradient, InputGradient = ofAdded, ScaleGradient = scale, ShiftGradient = shift };
        NormalizationData residual = data with { Added = added, AddedGradient = gradient };
        string name = $"{side} x {side} x {channels}";
        Report($"batch norm, ReLU {name}", 3 * length, ConvolutionRun.Best(() => BatchNormalization.Train(data, 1e-5f, mean, inverse)));
        Report($"  with known statistics", 2 * length, ConvolutionRun.Best(() => BatchNormalization.Infer(data, mean, inverse)));
        Report($"  with a residual", 4 * length, ConvolutionRun.Best(() => BatchNormalization.Train(residual, 1e-5f, mean, inverse)));
        Report($"  backward", 5 * length, ConvolutionRun.Best(() => BatchNormalization.Backward(data, mean, inverse, false)));
        Report($"  backward with a residual", 7 * length, ConvolutionRun.Best(() => BatchNormalization.Backward(residual, mean, inverse, false)));
        foreach (nint numbers in new[] { (nint)x, (nint)y, (nint)added, (nint)gradient, (nint)ofAdded, (nint)scale, (nint)shift, (nint)mean, (nint)inverse }) NativeMemory.AlignedFree((void*)numbers);
    }

    private static void Pooling(int images, int side, int channels)
    {
        PoolingSize size = new(images, side, side, channels, 2, 2, 2, 2);
        float* x = ConvolutionRun.Numbers(size.InputLength), y = ConvolutionRun.Numbers(size.OutputLength);
        byte* places = (byte*)ConvolutionRun.Numbers((size.OutputLength / 4) + 1);
        Report($"max pooling 2x2 {side} x {side} x {channels}", size.InputLength + size.OutputLength, ConvolutionRun.Best(() => MaxPooling.Forward(size, x, true, y, places)));
        Report("  backward", size.InputLength + size.OutputLength, ConvolutionRun.Best(() => MaxPooling.Backward(size, y, places, x)));
        foreach (nint numbers in new[] { (nint)x, (nint)y, (nint)places }) NativeMemory.AlignedFree((void*)numbers);
    }

    private static void Updates(int count)
    {
        float* w = ConvolutionRun.Numbers(count), g = ConvolutionRun.Numbers(count), mean = ConvolutionRun.Numbers(count), square = ConvolutionRun.Numbers(count);
        Report($"SGD with momentum, {count} weights", 5L * count, ConvolutionRun.Best(() => UpdateKernels.Sgd(new SgdStep(0.001f, 0.9f, 0.0005f, false), w, g, mean, count)));
        for (int i = 0; i < count; i++) square[i] *= square[i];
        Report($"Adam, {count} weights", 7L * count, ConvolutionRun.Best(() => UpdateKernels.Adam(new AdamStep(0.001f, 0.9f, 0.999f, 1e-8f, 0, false, 0.5f, 0.5f), w, g, mean, square, count)));
        foreach (nint numbers in new[] { (nint)w, (nint)g, (nint)mean, (nint)square }) NativeMemory.AlignedFree((void*)numbers);
    }

    private static void Report(string name, long numbers, double seconds) => Console.WriteLine($"{name,-34} {4e-9 * numbers / seconds,6:F1} {seconds * 1e6,13:F0}");
}
