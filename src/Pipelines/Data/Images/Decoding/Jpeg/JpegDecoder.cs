namespace MLPipelines.Data;

/// <summary>
/// Reads JPEG files (ITU-T T.81): Huffman coding, sequential with samples of 8 or 12 bits and progressive, with any sampling of grey, colours
/// or inks. Samples of 12 bits become 8. Where a file is damaged or ends early it throws: a picture that is partly grey is no picture to learn from.
/// </summary>
internal sealed class JpegDecoder : ImageDecoder
{
    internal override string Format => "JPEG";

    internal override bool Recognizes(ReadOnlySpan<byte> start) => start is [0xFF, JpegMarker.StartOfImage, 0xFF, ..];

    internal override DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        using var arena = new JpegArena();
        return new JpegReading(file, limits, arena).Picture();
    }
}
