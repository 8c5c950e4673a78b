using MLPipelines.Data;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Vision;

/// <summary>Pictures of one size that can be read in any order and from many threads at once.</summary>
public interface IImageSet
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The size of each.</summary>
    ImageShape Shape { get; }

    /// <summary>Writes the samples of a picture: gray, or red, green and blue of each pixel.</summary>
    /// <param name="index">Which, counted from 0.</param>
    /// <param name="pixels">As many bytes as the shape has numbers.</param>
    void Read(int index, Span<byte> pixels);
}

/// <summary>Pictures whose samples are in memory, one after the other.</summary>
public sealed class MemoryImageSet : IImageSet
{
    private readonly byte[] _pixels;

    /// <param name="shape">The size of each picture.</param>
    /// <param name="pixels">The samples of all; they are not copied.</param>
    /// <exception cref="ArgumentException">The samples are no whole number of pictures.</exception>
    public MemoryImageSet(ImageShape shape, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (shape.Size <= 0 || pixels.Length % shape.Size != 0) throw new ArgumentException($"{pixels.Length} samples are no whole number of pictures of {shape}.", nameof(pixels));
        (Shape, _pixels, Count) = (shape, pixels, pixels.Length / shape.Size);
    }

    public int Count { get; }

    public ImageShape Shape { get; }

    public void Read(int index, Span<byte> pixels) => _pixels.AsSpan(index * Shape.Size, Shape.Size).CopyTo(pixels);

    /// <summary>Reads all pictures of a set, with all cores, so that they are decoded once.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="MLPipelinesException">A picture cannot be read; of several that cannot, the first is named. Or all are more than an array holds.</exception>
    public static MemoryImageSet Copy(IImageSet set, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        long size = (long)set.Count * set.Shape.Size;
        if (size > Array.MaxLength) throw new MLPipelinesException($"{set.Count} pictures of {set.Shape} have {size} samples, more than the {Array.MaxLength} that can be held. Make them smaller, or read them as they are needed.");
        byte[] pixels = new byte[size];
        ParallelRows.Run(set.Count, index => set.Read(index, pixels.AsSpan(index * set.Shape.Size, set.Shape.Size)), cancellation);
        return new MemoryImageSet(set.Shape, pixels);
    }
}

/// <summary>Pictures in files, decoded and made one size when they are read.</summary>
public sealed class FileImageSet : IImageSet
{
    private readonly string[] _files;
    private readonly ImageSizing _sizing;

    /// <param name="files">The files, of any format that can be read.</param>
    /// <param name="shape">The size that each is given; with 1 channel they are made gray.</param>
    /// <param name="resizing">What becomes of a picture of another shape.</param>
    public FileImageSet(IEnumerable<string> files, ImageShape shape, ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (shape.Channels is not (1 or 3)) throw new ArgumentException($"Pictures have 1 channel or 3, not {shape.Channels}.", nameof(shape));
        (_files, Shape, _sizing) = ([.. files], shape, new ImageSizing(shape.Width, shape.Height, resizing, ImageResizingEstimator.Anchor.Center));
    }

    public int Count => _files.Length;

    public ImageShape Shape { get; }

    /// <exception cref="MLPipelinesException">The file is no picture, or damaged.</exception>
    public void Read(int index, Span<byte> pixels) => ImageSamples.Copy(_sizing.Apply(MLImage.CreateFromFile(_files[index])), Shape, pixels);
}
