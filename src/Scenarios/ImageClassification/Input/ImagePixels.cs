using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>The pictures of a set in one size, in memory.</summary>
/// <param name="Pixels">Their samples.</param>
/// <param name="Labels">The class of each, counted from 0 in the order of the set's classes.</param>
/// <param name="Images">Where each comes from.</param>
/// <param name="Unreadable">Those that could not be read and are not among them.</param>
public sealed record ImagePixels(MemoryImageSet Pixels, IReadOnlyList<int> Labels, LabelledImages Images, IReadOnlyList<UnreadableImage> Unreadable)
{
    /// <summary>Decodes a set once, with all cores.</summary>
    /// <param name="images">The set.</param>
    /// <param name="shape">The size that each picture is given; with 1 channel they are made gray.</param>
    /// <param name="resizing">What becomes of a picture of another shape.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MLPipelinesException">No picture can be read, or all are more than an array holds.</exception>
    public static ImagePixels Read(LabelledImages images, ImageShape shape,
        ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if ((long)images.Images.Count * shape.Size > Array.MaxLength)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{images.Source}: {images.Images.Count} pictures of {shape} do not fit in memory. Make them smaller, or read them as they are needed."));
        var sizing = new ImageSizing(shape.Width, shape.Height, resizing, ImageResizingEstimator.Anchor.Center);
        ImageReading<byte[]> reading = images.ReadAll(image =>
        {
            byte[] samples = new byte[shape.Size];
            ImageSamples.Copy(sizing.Apply(image), shape, samples);
            return samples;
        }, cancellation);
        byte[] pixels = new byte[reading.Values.Count * shape.Size];
        for (int i = 0; i < reading.Values.Count; i++) reading.Values[i].CopyTo(pixels, i * shape.Size);
        var classes = images.Classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        return new ImagePixels(new MemoryImageSet(shape, pixels), [.. reading.Images.Images.Select(image => classes[image.Label])], reading.Images, reading.Unreadable);
    }
}
