using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>Reads how a camera was held from the EXIF data of a photo (JEITA CP-3451).</summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112, ShortType = 3;

    /// <summary>The orientation, 1 to 8, that a segment APP1 of a JPEG file states.</summary>
    /// <returns><see langword="null"/> where the segment is of another kind, or has no orientation that makes sense: it is a photo all the same.</returns>
    internal static int? OfSegment(ReadOnlySpan<byte> segment) => segment.StartsWith("Exif\0\0"u8) ? Of(segment[6..]) : null;

    /// <summary>The orientation, 1 to 8, that a directory as in TIFF files states: the chunk eXIf of a PNG file.</summary>
    internal static int? Of(ReadOnlySpan<byte> tiff)
    {
        bool little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || !little && !tiff.StartsWith("MM\0*"u8)) return null;
        uint start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return null;
        ReadOnlySpan<byte> directory = tiff[(int)start..];
        int count = Word(directory, little);
        directory = directory[2..];
        // An entry is a tag, a type, a count and four bytes for the value or where it is.
        for (; count > 0 && directory.Length >= 12; count--, directory = directory[12..])
            if (Word(directory, little) == OrientationTag)
                return Word(directory[2..], little) == ShortType && Word(directory[8..], little) is >= 1 and <= 8 and var orientation ? orientation : null;
        return null;
    }

    private static int Word(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
