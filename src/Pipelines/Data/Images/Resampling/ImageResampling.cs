using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>A rectangle of a picture, in pixels that may be fractions.</summary>
internal readonly record struct ImagePart(double Left, double Top, double Width, double Height);

/// <summary>
/// Makes pictures larger or smaller: first along the rows, then along the columns, each sample a weighted mean as
/// <see cref="ResamplingWeights"/> says. Colours count by their alpha, so that what is transparent does not shine through.
/// </summary>
internal static class ImageResampling
{
    /// <summary>Resamples a part of a picture; its bytes keep their order.</summary>
    /// <returns>The bytes of <paramref name="width"/> by <paramref name="height"/> pixels.</returns>
    internal static byte[] Resize(MLImage image, ImagePart part, int width, int height)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        int lineBytes = image.Width * 4;
        bool isOpaque = IsOpaque(pixels);
        var across = new ResamplingWeights(image.Width, part.Left, part.Width, width);
        var down = new ResamplingWeights(image.Height, part.Top, part.Height, height);

        // The lines that count in one line of the result follow each other: as many as that are kept.
        float[][] lines = new float[down.MaximumCount][];
        for (int i = 0; i < lines.Length; i++) lines[i] = new float[width * 4];
        float[] sum = new float[width * 4];
        byte[] result = GC.AllocateUninitializedArray<byte>(checked(width * height * 4));
        int next = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> weights = down.Of(y);
            int start = down.StartOf(y);
            for (next = Math.Max(next, start); next < start + weights.Length; next++)
                ResizeLine(pixels.Slice(next * lineBytes, lineBytes), across, isOpaque, lines[next % lines.Length]);
            TensorPrimitives.Multiply(lines[start % lines.Length], weights[0], sum);
            for (int i = 1; i < weights.Length; i++) TensorPrimitives.MultiplyAdd(lines[(start + i) % lines.Length], weights[i], sum, sum);
            ToBytes(sum, isOpaque, result.AsSpan(y * width * 4, width * 4));
        }
        return result;
    }

    private static bool IsOpaque(ReadOnlySpan<byte> pixels)
    {
        uint all = uint.MaxValue;
        foreach (uint pixel in MemoryMarshal.Cast<byte, uint>(pixels)) all &= pixel;
        return all >> 24 == byte.MaxValue;
    }

    private static void ResizeLine(ReadOnlySpan<byte> line, ResamplingWeights across, bool isOpaque, float[] result)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(line);
        var sums = MemoryMarshal.Cast<float, Vector128<float>>(result.AsSpan());
        for (int x = 0; x < sums.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Of(x);
            ReadOnlySpan<uint> counted = pixels.Slice(across.StartOf(x), weights.Length);
            var sum = Vector128<float>.Zero;
            for (int i = 0; i < counted.Length; i++)
            {
                Vector128<ushort> pairs = Vector128.WidenLower(Vector128.CreateScalarUnsafe(counted[i]).AsByte());
                Vector128<float> samples = Vector128.ConvertToSingle(Vector128.WidenLower(pairs).AsInt32());
                if (!isOpaque) samples *= Vector128.Create(samples[3] / byte.MaxValue).WithElement(3, 1);
                sum += samples * weights[i];
            }
            sums[x] = sum;
        }
    }

    private static void ToBytes(float[] sums, bool isOpaque, Span<byte> result)
    {
        for (int i = 0; i < sums.Length; i += 4)
        {
            float alpha = sums[i + 3], divisor = isOpaque ? 1 : alpha / byte.MaxValue;
            for (int color = 0; color < 3; color++) result[i + color] = divisor > 0 ? ToByte(sums[i + color] / divisor) : (byte)0;
            result[i + 3] = ToByte(alpha);
        }
    }

    private static byte ToByte(float sample) => (byte)Math.Clamp(sample + 0.5f, 0, byte.MaxValue);
}
