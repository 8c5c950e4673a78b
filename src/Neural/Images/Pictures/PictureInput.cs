using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>How pictures come into a network: their size, and by what their samples become numbers.</summary>
/// <param name="Shape">What each picture is brought to.</param>
/// <param name="Range">Where the numbers of a column of vectors lie; <see langword="null"/> for pictures.</param>
/// <param name="Mean">The mean of each channel, whose samples are from 0 to 1.</param>
/// <param name="Deviation">The standard deviation of each channel.</param>
internal sealed record PictureInput(ImageShape Shape, NumberRange? Range, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    private readonly ImageSizing _sizing = new(Shape.Width, Shape.Height, ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Center);

    /// <summary>Writes the samples of a picture of any size: it is made as small or large as it fills the shape, and what sticks out is cut off evenly.</summary>
    internal void Copy(MLImage image, Span<byte> samples) => ImageSamples.Copy(_sizing.Apply(image), Shape, samples);

    /// <summary>The number that each sample of each channel stands for.</summary>
    internal float[] NumberOfSample()
    {
        float[] numbers = new float[256 * Shape.Channels];
        for (int value = 0; value < 256; value++)
            for (int channel = 0; channel < Shape.Channels; channel++)
                numbers[value * Shape.Channels + channel] = (value * (1f / byte.MaxValue) - Mean[channel]) * (1 / Deviation[channel]);
        return numbers;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("vectors", Range is not null);
        if (Range is { } range) writer.Set("range", new[] { (double)range.Least, range.Greatest });
        writer.Set("mean", Mean.Select(value => (double)value));
        writer.Set("deviation", Deviation.Select(value => (double)value));
    }

    internal static PictureInput Load(ModelStepReader reader, ImageShape shape)
    {
        NumberRange? range = null;
        if (reader.GetBoolean("vectors"))
        {
            IReadOnlyList<double> ends = reader.GetDoubles("range");
            if (ends.Count != 2 || !double.IsFinite(ends[0]) || !double.IsFinite(ends[1]) || ends[0] > ends[1]) throw reader.Invalid($"numbers from {string.Join(" to ", ends)}");
            range = new NumberRange((float)ends[0], (float)ends[1]);
        }
        float[] mean = [.. reader.GetDoubles("mean").Select(value => (float)value)], deviation = [.. reader.GetDoubles("deviation").Select(value => (float)value)];
        if (mean.Length != shape.Channels || deviation.Length != shape.Channels || !mean.All(float.IsFinite) || !deviation.All(value => value > 0 && float.IsFinite(value)))
            throw reader.Invalid($"it has {mean.Length} means and {deviation.Length} deviations, expected {shape.Channels} finite numbers of each, deviations above 0");
        return new PictureInput(shape, range, mean, deviation);
    }
}

/// <summary>Where the numbers of vectors lie that are pictures. They are kept as bytes, in 256 levels from the least to the greatest.</summary>
internal readonly record struct NumberRange(float Least, float Greatest)
{
    /// <summary>Whole numbers that are bytes already stay what they are.</summary>
    internal static NumberRange OfBytes => new(0, byte.MaxValue);

    internal byte ToByte(float value) => Greatest > Least ? (byte)Math.Clamp((value - Least) * (byte.MaxValue / (Greatest - Least)) + 0.5f, 0, byte.MaxValue) : (byte)0;
}
