using System.Buffers;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Vision;

/// <summary>Mixes each picture of a batch with the one before it, and their labels alike; the first with the last.</summary>
internal static class BatchMixing
{
    /// <summary>Mixes as the settings say; where both ways are on, every other batch is mixed in either.</summary>
    /// <param name="pixels">The pictures, one after the other.</param>
    /// <param name="labels">As many rows of class shares.</param>
    /// <param name="count">How many pictures there are.</param>
    /// <param name="shape">The size of a picture.</param>
    /// <param name="augmentation">The settings.</param>
    /// <param name="random">What is drawn.</param>
    internal static void Apply(Span<float> pixels, Span<float> labels, int count, ImageShape shape, ImageAugmentation augmentation, SplitMixRandom random)
    {
        bool isCut = augmentation.CutmixAlpha > 0 && (augmentation.MixupAlpha == 0 || random.Next(2) == 1);
        float share = BetaShare.Draw(isCut ? augmentation.CutmixAlpha : augmentation.MixupAlpha, ref random);
        if (count < 2) return;
        if (isCut) share = Cutmix(pixels, count, shape, share, random.Next(shape.Width), random.Next(shape.Height));
        else Blend(pixels, count, share);
        Blend(labels, count, share);
    }

    /// <summary>Each row becomes <paramref name="share"/> of itself and the rest of the row before.</summary>
    internal static void Blend(Span<float> rows, int count, float share)
    {
        int size = rows.Length / count;
        float[] kept = ArrayPool<float>.Shared.Rent(size);
        Span<float> last = kept.AsSpan(0, size);
        rows[^size..].CopyTo(last);
        for (int i = count - 1; i >= 0; i--)
        {
            Span<float> row = rows.Slice(i * size, size);
            TensorPrimitives.Multiply(row, share, row);
            TensorPrimitives.MultiplyAdd(i > 0 ? rows.Slice((i - 1) * size, size) : last, 1 - share, row, row);
        }
        ArrayPool<float>.Shared.Return(kept);
    }

    /// <summary>A rectangle with as much of the area as is not the share, cut at the border, comes from the picture before.</summary>
    /// <returns>The share of each picture that is left.</returns>
    internal static float Cutmix(Span<float> pixels, int count, ImageShape shape, float share, int middleX, int middleY)
    {
        float side = MathF.Sqrt(1 - share);
        int width = (int)(shape.Width * side), height = (int)(shape.Height * side);
        int left = Math.Max(0, middleX - width / 2), right = Math.Min(shape.Width, middleX - width / 2 + width);
        int top = Math.Max(0, middleY - height / 2), bottom = Math.Min(shape.Height, middleY - height / 2 + height);
        if (left >= right || top >= bottom) return 1;
        float[] kept = ArrayPool<float>.Shared.Rent(shape.Size);
        pixels[^shape.Size..].CopyTo(kept);
        int start = left * shape.Channels, length = (right - left) * shape.Channels, line = shape.Width * shape.Channels;
        for (int i = count - 1; i >= 0; i--)
        {
            ReadOnlySpan<float> other = i > 0 ? pixels.Slice((i - 1) * shape.Size, shape.Size) : kept;
            for (int y = top; y < bottom; y++) other.Slice(y * line + start, length).CopyTo(pixels[(i * shape.Size + y * line + start)..]);
        }
        ArrayPool<float>.Shared.Return(kept);
        return 1 - (float)((right - left) * (bottom - top)) / (shape.Width * shape.Height);
    }
}
