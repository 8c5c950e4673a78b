namespace MLPipelines.Data;

/// <summary>
/// Reads JPEG files (ITU-T T.81): Huffman coding, sequential and progressive with samples of 8 or 12 bits, lossless with 2 to 16, with any
/// sampling of grey, colours or inks. Samples become 8 bits. Where a file is damaged or ends early it throws: a picture that is partly grey is no picture to learn from.
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
