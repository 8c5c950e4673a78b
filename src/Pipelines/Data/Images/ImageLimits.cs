namespace MLPipelines.Data;

/// <summary>
/// How large a picture may be. A few bytes can claim a picture of many gigabytes; a decoder compares what a file claims with
/// these before it takes memory for it.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>100 million pixels and files of 256 MiB.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>The largest product of width and height.</summary>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>The largest encoded size in bytes.</summary>
    public long MaximumBytes { get; init; } = 256L << 20;

    /// <summary>Checks the size that a picture claims to have.</summary>
    /// <exception cref="MLPipelinesException">It has no pixels, or more than are allowed.</exception>
    internal void Check(string format, long width, long height)
    {
        if (width <= 0 || height <= 0) throw new MLPipelinesException($"{format}: found a picture of {width} by {height} pixels, expected at least 1 by 1.");
        // Four bytes a pixel have to fit one array, whatever the limit says.
        long most = Math.Min(MaximumPixels, Array.MaxLength / 4);
        if (width > int.MaxValue || height > int.MaxValue || width * height > most)
            throw new MLPipelinesException($"{format}: found a picture of {width} by {height} pixels, more than the {most} that are allowed. If it is genuine, raise {nameof(ImageLimits)}.{nameof(MaximumPixels)}.");
    }

    /// <summary>Checks the size of an encoded picture.</summary>
    /// <exception cref="MLPipelinesException">It is larger than allowed.</exception>
    internal void CheckBytes(long bytes)
    {
        if (bytes > MaximumBytes)
            throw new MLPipelinesException($"Found an image file of more than {MaximumBytes} bytes, which is what is allowed. If it is genuine, raise {nameof(ImageLimits)}.{nameof(MaximumBytes)}.");
    }
}
