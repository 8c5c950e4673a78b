using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace MLPipelines.Data;

/// <summary>
/// Writes PNG (ISO/IEC 15948), 8 bits a sample: gray, colours, or colours with alpha, whichever is least and loses nothing. Each
/// row takes the filter with the smallest sum of absolute differences. The same picture always gives the same bytes.
/// </summary>
internal static class PngEncoder
{
    private const int LongestChunk = 1 << 16;

    internal static void Write(Stream stream, MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        int blue = image.PixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
        PngColorType color = LeastColorType(pixels);
        int size = color switch { PngColorType.Gray => 1, PngColorType.Rgb => 3, _ => 4 };

        stream.Write(PngDecoder.Signature);
        Span<byte> header = stackalloc byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8..].Clear();
        (header[8], header[9]) = (8, (byte)color);
        WriteChunk(stream, "IHDR"u8, header);

        using var compressed = new MemoryStream();
        using (var deflater = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[image.Width * size], above = new byte[row.Length], differences = new byte[row.Length], best = new byte[row.Length];
            for (int y = 0; y < image.Height; y++)
            {
                Pack(pixels.Slice(y * image.Width * 4, image.Width * 4), blue, size, row);
                deflater.WriteByte((byte)Filter(row, above, size, ref differences, ref best));
                deflater.Write(best);
                (row, above) = (above, row);
            }
        }
        ReadOnlySpan<byte> data = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
        for (; !data.IsEmpty; data = data[Math.Min(LongestChunk, data.Length)..]) WriteChunk(stream, "IDAT"u8, data[..Math.Min(LongestChunk, data.Length)]);
        WriteChunk(stream, "IEND"u8, default);
    }

    private static PngColorType LeastColorType(ReadOnlySpan<byte> pixels)
    {
        var least = PngColorType.Gray;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            if (pixels[i + 3] != byte.MaxValue) return PngColorType.Rgba;
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) least = PngColorType.Rgb;
        }
        return least;
    }

    private static void Pack(ReadOnlySpan<byte> pixels, int blue, int size, Span<byte> row)
    {
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += size)
        {
            row[to] = pixels[from + 2 - blue];
            if (size == 1) continue;
            (row[to + 1], row[to + 2]) = (pixels[from + 1], pixels[from + blue]);
            if (size == 4) row[to + 3] = pixels[from + 3];
        }
    }

    /// <summary>Leaves the differences of the filter that is best in <paramref name="best"/>.</summary>
    private static int Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int size, ref byte[] differences, ref byte[] best)
    {
        int chosen = 0;
        long least = long.MaxValue;
        for (int filter = 0; filter < PngFilter.Count; filter++)
        {
            PngFilter.Apply(filter, row, above, size, differences);
            long sum = 0;
            foreach (byte difference in differences) sum += Math.Abs((int)(sbyte)difference);
            if (sum >= least) continue;
            (chosen, least) = (filter, sum);
            (differences, best) = (best, differences);
        }
        return chosen;
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.GetCurrentHashAsUInt32());
        stream.Write(number);
    }
}
