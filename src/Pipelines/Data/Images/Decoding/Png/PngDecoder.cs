using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace MLPipelines.Data;

/// <summary>
/// Reads PNG (ISO/IEC 15948): all colour types and depths, interlaced or not. Colours are as stored: gamma and profiles change
/// nothing. The check sums of all chunks that are used are checked.
/// </summary>
internal sealed class PngDecoder : ImageDecoder
{
    // A byte of deflate stands for at most 1,032: a file that is too small for its size in pixels is found before memory is taken.
    private const int LargestExpansion = 1032;

    /// <summary>Where each pass of Adam7 starts and how far apart its pixels are.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] OnePass = [(0, 0, 1, 1)];

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    internal override string Format => "PNG";

    internal override bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(Signature);

    internal override DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        ReadOnlySpan<byte> palette = default, transparency = default, exif = default;
        var data = new List<Range>();
        int at = Signature.Length;
        PngHeader header = PngHeader.Read(NextChunk(file, ref at, "IHDR"u8, out _), limits, Invalid);
        while (at < file.Length)
        {
            ReadOnlySpan<byte> chunk = NextChunk(file, ref at, default, out ReadOnlySpan<byte> type);
            if (type.SequenceEqual("IEND"u8)) break;
            if (type.SequenceEqual("IDAT"u8)) data.Add((at - 4 - chunk.Length)..(at - 4));
            else if (type.SequenceEqual("PLTE"u8)) palette = chunk;
            else if (type.SequenceEqual("tRNS"u8)) transparency = chunk;
            else if (type.SequenceEqual("eXIf"u8)) exif = chunk;
            else if (IsCritical(type)) throw Invalid($"found a chunk '{NameOf(type)}', which is not known and which the picture cannot do without");
        }
        var reader = new PngRowReader(header, PngPalette.Create(header, palette, transparency, Invalid), Invalid);
        return Inflate(file, data, header, reader) with { Orientation = ExifOrientation.Of(exif) ?? 1 };
    }

    /// <summary>The content of the chunk at a place, which moves behind it.</summary>
    private ReadOnlySpan<byte> NextChunk(ReadOnlySpan<byte> file, scoped ref int at, scoped ReadOnlySpan<byte> expected, out ReadOnlySpan<byte> type)
    {
        int start = at;
        if (file.Length - start < 12) throw Invalid($"the file ends at byte {file.Length}, inside a chunk that starts at byte {start}");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(file[start..]);
        type = file.Slice(start + 4, 4);
        if (!expected.IsEmpty && !type.SequenceEqual(expected)) throw Invalid($"found the chunk '{NameOf(type)}' first, expected '{NameOf(expected)}'");
        if (length > file.Length - start - 12)
            throw Invalid($"the file ends at byte {file.Length}, inside chunk '{NameOf(type)}' of {length} bytes that starts at byte {start}");
        at = start + 12 + (int)length;
        bool isUsed = IsCritical(type) || type.SequenceEqual("tRNS"u8);
        if (isUsed && BinaryPrimitives.ReadUInt32BigEndian(file[(at - 4)..]) != Crc32.HashToUInt32(file[(start + 4)..(at - 4)]))
            throw Invalid($"chunk '{NameOf(type)}' at byte {start} does not have the check sum that it states: the file is damaged");
        return file.Slice(start + 8, (int)length);
    }

    private DecodedImage Inflate(ReadOnlySpan<byte> file, List<Range> data, PngHeader header, PngRowReader reader)
    {
        byte[] compressed = new byte[data.Sum(range => range.End.Value - range.Start.Value)];
        int length = 0;
        foreach (Range range in data)
        {
            file[range].CopyTo(compressed.AsSpan(length));
            length += range.End.Value - range.Start.Value;
        }
        if (length == 0) throw Invalid("found no chunk 'IDAT', which holds the pixels");
        long rowBytes = header.RowBytes(header.Width);
        if (rowBytes * header.Height / LargestExpansion > length || rowBytes > Array.MaxLength)
            throw Invalid($"{length} bytes of compressed data cannot hold {header.Width} by {header.Height} pixels");

        byte[] pixels = GC.AllocateUninitializedArray<byte>(header.Width * header.Height * 4);
        var target = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        byte[] row = new byte[rowBytes], above = new byte[rowBytes];
        uint[] line = header.IsInterlaced ? new uint[header.Width] : [];
        using var inflater = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        foreach (var (left, top, stepX, stepY) in header.IsInterlaced ? Adam7 : OnePass)
        {
            int width = (header.Width - left + stepX - 1) / stepX;
            if (width <= 0) continue;
            int bytes = (int)header.RowBytes(width);
            Array.Clear(above);
            for (int y = top; y < header.Height; y += stepY)
            {
                ReadRow(inflater, row.AsSpan(0, bytes), above, header.FilterDistance, y);
                Span<uint> whole = target.Slice(y * header.Width, header.Width);
                if (stepX == 1)
                {
                    reader.Read(row.AsSpan(0, bytes), whole);
                }
                else
                {
                    reader.Read(row.AsSpan(0, bytes), line.AsSpan(0, width));
                    for (int i = 0, x = left; i < width; i++, x += stepX) whole[x] = line[i];
                }
                (row, above) = (above, row);
            }
        }
        return new DecodedImage(header.Width, header.Height, pixels);
    }

    private void ReadRow(Stream inflater, Span<byte> row, ReadOnlySpan<byte> above, int distance, int y)
    {
        int filter, count;
        try
        {
            filter = inflater.ReadByte();
            count = filter < 0 ? 0 : inflater.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new MLPipelinesException($"{Format}: the compressed data is damaged in row {y}: {e.Message}", e);
        }
        if (count < row.Length) throw Invalid($"the compressed data ends in row {y}");
        if (filter >= PngFilter.Count) throw Invalid($"row {y} has filter {filter}, expected 0 to 4");
        PngFilter.Undo(filter, row, above, distance);
    }

    /// <summary>Whether a picture cannot be shown without knowing the chunk: bit 5 of the first letter is 0.</summary>
    private static bool IsCritical(ReadOnlySpan<byte> type) => (type[0] & 0x20) == 0;

    private static string NameOf(ReadOnlySpan<byte> type) => Encoding.Latin1.GetString(type);
}
