using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>How the pixels of a BMP file are written.</summary>
internal enum BmpCompression
{
    None = 0,
    RunLength8 = 1,
    RunLength4 = 2,
    BitFields = 3,
    AlphaBitFields = 6,
}

/// <summary>The headers of a BMP file, of any of their lengths (OS/2 1 and 2, Windows 3, 4 and 5).</summary>
internal sealed class BmpHeader
{
    private const int FileHeaderLength = 14, OldHeaderLength = 12, WindowsHeaderLength = 40;

    private BmpHeader() { }

    internal int Width { get; private init; }

    internal int Height { get; private init; }

    internal bool IsTopDown { get; private init; }

    internal int BitsPerPixel { get; private init; }

    internal BmpCompression Compression { get; private init; }

    /// <summary>Which bits are red, green, blue and alpha where a pixel has 16 or 32 of them.</summary>
    internal uint[] Masks { get; private init; } = [];

    /// <summary>Blue, green, red and alpha of each colour index, as a little-endian number.</summary>
    internal uint[] Palette { get; private init; } = [];

    /// <summary>Where the pixels start.</summary>
    internal int Start { get; private init; }

    /// <summary>The bytes from a row to the next one; rows start at multiples of four.</summary>
    internal long Stride => ((long)Width * BitsPerPixel + 31) / 32 * 4;

    internal static BmpHeader Read(ReadOnlySpan<byte> file, ImageLimits limits, Func<string, Exception> invalid)
    {
        if (file.Length < FileHeaderLength + OldHeaderLength) throw invalid($"the file has {file.Length} bytes, too few for its headers");
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]), length = BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeaderLength..]);
        ReadOnlySpan<byte> header = file[FileHeaderLength..];
        if (length is not OldHeaderLength and (< WindowsHeaderLength or > 256)) throw invalid($"found a header of {length} bytes, expected 12, 40, 52, 56, 64, 108 or 124");
        if (length > header.Length) throw invalid($"the file ends at byte {file.Length}, inside its header");
        if (start > file.Length) throw invalid($"the pixels start at byte {start}, behind the end of the file at byte {file.Length}");

        bool isOld = length == OldHeaderLength;
        long width = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) : BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        long height = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) : BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[(isOld ? 10 : 14)..]);
        var compression = (BmpCompression)(isOld ? 0 : BinaryPrimitives.ReadInt32LittleEndian(header[16..]));
        limits.Check("BMP", width, Math.Abs(height));
        bool fits = compression switch
        {
            BmpCompression.None => bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.RunLength8 => bits == 8 && height > 0,
            BmpCompression.RunLength4 => bits == 4 && height > 0,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => bits is 16 or 32,
            _ => throw invalid($"compression {(int)compression} is not supported, only 0 to 3 and 6 are"),
        };
        if (!fits) throw invalid($"found {bits} bits a pixel with compression {(int)compression}{(height < 0 ? " from top to bottom" : "")}, which do not go together");

        int after = FileHeaderLength + (int)length;
        uint[] masks = ReadMasks(file, ref after, bits, compression, (int)length, invalid);
        long used = isOld ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        return new BmpHeader
        {
            Width = (int)width, Height = (int)Math.Abs(height), IsTopDown = height < 0, BitsPerPixel = bits, Compression = compression, Masks = masks,
            Palette = bits > 8 ? [] : ReadPalette(file[after..], used, bits, isOld ? 3 : 4, invalid), Start = (int)start,
        };
    }

    private static uint[] ReadMasks(ReadOnlySpan<byte> file, ref int after, int bits, BmpCompression compression, int length, Func<string, Exception> invalid)
    {
        if (bits is not (16 or 32)) return [];
        if (compression == BmpCompression.None) return bits == 16 ? [0x7C00, 0x3E0, 0x1F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        // Windows 3 headers have the masks behind them, later ones at their end or inside.
        int start = FileHeaderLength + WindowsHeaderLength;
        int count = compression == BmpCompression.AlphaBitFields || length >= 56 ? 4 : 3;
        if (start + 4 * count > file.Length) throw invalid($"the file ends at byte {file.Length}, inside the colour masks");
        after = Math.Max(after, start + 4 * count);
        uint[] masks = new uint[4];
        for (int i = 0; i < count; i++) masks[i] = BinaryPrimitives.ReadUInt32LittleEndian(file[(start + 4 * i)..]);
        return masks;
    }

    private static uint[] ReadPalette(ReadOnlySpan<byte> file, long used, int bits, int entryLength, Func<string, Exception> invalid)
    {
        int count = 1 << bits;
        if (used > count) throw invalid($"the palette has {used} colours, expected at most {count}");
        if (used > 0) count = (int)used;
        if (file.Length < count * entryLength) throw invalid($"the file ends inside its palette of {count} colours");
        uint[] palette = new uint[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = file[(i * entryLength)..];
            palette[i] = entry[0] | ((uint)entry[1] << 8) | ((uint)entry[2] << 16) | 0xFF000000;
        }
        return palette;
    }
}
