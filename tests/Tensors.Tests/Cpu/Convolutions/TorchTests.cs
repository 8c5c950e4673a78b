using System.Text.Json;
using MLPipelines.Tensors.Cpu.Convolutions;
using MLPipelines.Tensors.Cpu.Normalization;
using MLPipelines.Tensors.Cpu.Pooling;

namespace MLPipelines.Tensors.Tests.Cpu.Convolutions;

/// <summary>The numbers of PyTorch, which Expected/convolutions.py wrote down.</summary>
public sealed unsafe class TorchTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expected", "convolutions.json"))).RootElement;

    [Fact]
    public void Convolutions_and_their_gradients()
    {
        foreach (JsonElement expected in Expected.GetProperty("convolutions").EnumerateArray())
        {
            int[] sizes = Sizes(expected);
            ConvolutionSize size = new(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6])
            {
                StrideHeight = sizes[7], StrideWidth = sizes[8], PaddingHeight = sizes[9], PaddingWidth = sizes[10], DilationHeight = sizes[11], DilationWidth = sizes[12], Groups = sizes[13],
            };
            using GuardedFloats input = Counted(1, size.InputLength), weights = Counted(2, size.WeightLength), bias = Counted(3, size.OutChannels), gradient = Counted(9, size.OutputLength);
            using GuardedFloats output = new(size.OutputLength), inputGradient = new(size.InputLength), weightGradient = new(size.WeightLength), biasGradient = new(size.OutChannels);
            Convolution.Forward(size, input.Pointer, weights.Pointer, bias.Pointer, false, output.Pointer);
            Convolution.InputGradient(size, gradient.Pointer, weights.Pointer, inputGradient.Pointer);
            Convolution.WeightGradients(size, input.Pointer, gradient.Pointer, weightGradient.Pointer, biasGradient.Pointer);
            AssertNear(expected, "output", output);
            AssertNear(expected, "inputGradient", inputGradient);
            AssertNear(expected, "weightGradient", weightGradient);
            AssertNear(expected, "biasGradient", biasGradient);
        }
    }

    [Fact]
    public void Poolings_and_their_gradients()
    {
        foreach (JsonElement expected in Expected.GetProperty("poolings").EnumerateArray())
        {
            int[] sizes = Sizes(expected);
            string kind = expected.GetProperty("kind").GetString()!;
            PoolingSize size = new(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6], sizes[7]) { PaddingHeight = sizes[8], PaddingWidth = sizes[9] };
            using GuardedFloats input = Counted(1, size.InputLength), gradient = Counted(9, size.OutputLength), output = new(size.OutputLength), inputGradient = new(size.InputLength);
            if (kind == "max")
            {
                using GuardedFloats room = new(output.Length);
                byte* places = (byte*)room.Pointer;
                MaxPooling.Forward(size, input.Pointer, false, output.Pointer, places);
                MaxPooling.Backward(size, gradient.Pointer, places, inputGradient.Pointer);
            }
            else
            {
                AveragePooling.Forward(size, input.Pointer, kind == "mean", output.Pointer);
                AveragePooling.Backward(size, gradient.Pointer, kind == "mean", inputGradient.Pointer);
            }
            AssertNear(expected, "output", output);
            AssertNear(expected, "inputGradient", inputGradient);
        }
    }

    [Fact]
    public void Batch_normalizations_and_their_gradients()
    {
        foreach (JsonElement expected in Expected.GetProperty("normalizations").EnumerateArray())
        {
            int[] sizes = Sizes(expected);
            int channels = sizes[3], rows = sizes[0] * sizes[1] * sizes[2];
            bool training = expected.GetProperty("training").GetBoolean(), added = expected.GetProperty("added").GetBoolean();
            using GuardedFloats input = Counted(1, rows * channels), other = Counted(4, rows * channels), gradient = Counted(9, rows * channels), scale = Counted(2, channels), shift = Counted(3, channels);
            using GuardedFloats output = new(rows * channels), inputGradient = new(rows * channels), addedGradient = new(rows * channels), scaleGradient = new(channels), shiftGradient = new(channels);
            using GuardedFloats mean = new(channels), inverse = new(channels), runningMean = Counted(5, channels), runningVariance = Counted(6, channels);
            foreach (ref float number in runningVariance.Span) number = Math.Abs(number) + 0.5f;
            NormalizationData data = new()
            {
                Rows = rows, Channels = channels, Rectified = expected.GetProperty("rectified").GetBoolean(), Input = input.Pointer, Output = output.Pointer,
                Added = added ? other.Pointer : null, Scale = scale.Pointer, Shift = shift.Pointer, OutputGradient = gradient.Pointer, InputGradient = inputGradient.Pointer,
                AddedGradient = added ? addedGradient.Pointer : null, ScaleGradient = scaleGradient.Pointer, ShiftGradient = shiftGradient.Pointer,
            };
            if (training)
            {
                BatchNormalization.Train(data, 1e-5f, mean.Pointer, inverse.Pointer);
                BatchNormalization.Follow(data, 1e-5f, 0.1f, mean.Pointer, inverse.Pointer, runningMean.Pointer, runningVariance.Pointer);
            }
            else
            {
                runningMean.Span.CopyTo(mean.Span);
                BatchNormalization.Inverse(channels, runningVariance.Pointer, 1e-5f, inverse.Pointer);
                BatchNormalization.Infer(data, mean.Pointer, inverse.Pointer);
            }
            BatchNormalization.Backward(data, mean.Pointer, inverse.Pointer, known: !training);
            AssertNear(expected, "output", output);
            AssertNear(expected, "inputGradient", inputGradient);
            if (added) AssertNear(expected, "addedGradient", addedGradient);
            AssertNear(expected, "scaleGradient", scaleGradient);
            AssertNear(expected, "shiftGradient", shiftGradient);
            AssertNear(expected, "runningMean", runningMean);
            AssertNear(expected, "runningVariance", runningVariance);
        }
    }

    private static int[] Sizes(JsonElement expected) => [.. expected.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32())];

    /// <summary>The tensors of convolutions.py.</summary>
    private static GuardedFloats Counted(int seed, long length)
    {
        GuardedFloats numbers = new(length);
        for (int i = 0; i < length; i++) numbers.Span[i] = (((i * 37) + (seed * 11)) % 41 - 20) / 16f;
        return numbers;
    }

    private static void AssertNear(JsonElement expected, string name, GuardedFloats actual)
    {
        float[] numbers = [.. expected.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
        Assert.Equal(numbers.Length, actual.Length);
        for (int i = 0; i < numbers.Length; i++) Assert.True(Math.Abs(numbers[i] - actual.Span[i]) <= 1e-5 * Math.Max(1, Math.Abs(numbers[i])), $"{name} {i}: {actual.Span[i]} instead of {numbers[i]}.");
    }
}
