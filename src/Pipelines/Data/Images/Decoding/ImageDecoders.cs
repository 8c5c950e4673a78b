namespace MLPipelines.Data;

/// <summary>The image formats that can be read.</summary>
internal static class ImageDecoders
{
    private static readonly ImageDecoder[] All =
    [
        new JpegDecoder(),
        new PngDecoder(),
        new BmpDecoder(),
        new PnmDecoder(),
    ];

    /// <summary>Decodes a file of any known format, found by its first bytes.</summary>
    /// <exception cref="MLPipelinesException">The format is not known, or the file cannot be decoded.</exception>
    internal static DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        limits.CheckBytes(file.Length);
        foreach (ImageDecoder decoder in All)
            if (decoder.Recognizes(file)) return decoder.Decode(file, limits);
        string start = file.IsEmpty ? "no bytes" : $"the first bytes {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";
        throw new MLPipelinesException($"This is no image of a known format: found {start}, expected one of {string.Join(", ", All.Select(decoder => decoder.Format))}.");
    }
}
