using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>
/// Writes baseline JPEG (ITU-T T.81, JFIF) with the tables of the standard: one component for a grey picture, three for others. There is no
/// alpha in JPEG: colours are written as they are. The same picture always gives the same bytes.
/// </summary>
internal static class JpegEncoder
{
    private const int LargestSide = ushort.MaxValue;

    /// <summary>Writes a picture so that hardly anything is lost.</summary>
    internal static void Write(Stream stream, MLImage image) => Write(stream, image, 95, halvedColors: false);

    /// <param name="stream">Where to.</param>
    /// <param name="image">The picture, up to 65535 pixels wide and high.</param>
    /// <param name="quality">From 1, which is hardly a picture, to 100; the scale of the Independent JPEG Group.</param>
    /// <param name="halvedColors">Whether colour differences have half the columns and half the rows (4:2:0), not all of them (4:4:4).</param>
    internal static void Write(Stream stream, MLImage image, int quality, bool halvedColors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (image.Width > LargestSide || image.Height > LargestSide)
            throw new ArgumentException($"A JPEG has at most {LargestSide} pixels a side; the picture has {image.Width} by {image.Height}. Write a PNG.", nameof(image));
        JpegPlanes planes = JpegPlanes.Of(image, halvedColors);
        byte[][] quantizers = [Scaled(JpegStandardTables.LuminanceQuantizers, quality), Scaled(JpegStandardTables.ChrominanceQuantizers, quality)];
        int tables = planes.Count == 1 ? 1 : 2;

        stream.Write([0xFF, JpegMarker.StartOfImage]);
        WriteSegment(stream, JpegMarker.FirstApplication, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        for (byte i = 0; i < tables; i++) WriteSegment(stream, JpegMarker.Quantizers, [i, .. InCodedOrder(quantizers[i])]);
        WriteFrame(stream, image, planes);
        for (byte i = 0; i < tables; i++)
        {
            WriteSegment(stream, JpegMarker.HuffmanTables, [i, .. Direct(i)]);
            WriteSegment(stream, JpegMarker.HuffmanTables, [(byte)(0x10 | i), .. Alternating(i)]);
        }
        WriteScan(stream, planes, quantizers);
        stream.Write([0xFF, JpegMarker.EndOfImage]);
    }

    private static void WriteFrame(Stream stream, MLImage image, JpegPlanes planes)
    {
        byte[] frame = new byte[6 + 3 * planes.Count];
        frame[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)image.Height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)image.Width);
        frame[5] = (byte)planes.Count;
        for (int i = 0; i < planes.Count; i++)
            (frame[6 + 3 * i], frame[7 + 3 * i], frame[8 + 3 * i]) = ((byte)(i + 1), (byte)(0x11 * planes.Density(i)), (byte)Math.Min(i, 1));
        WriteSegment(stream, JpegMarker.BaselineFrame, frame);
    }

    private static void WriteScan(Stream stream, JpegPlanes planes, byte[][] quantizers)
    {
        byte[] head = [(byte)planes.Count, .. Enumerable.Range(0, planes.Count).SelectMany(i => new[] { (byte)(i + 1), (byte)(0x11 * Math.Min(i, 1)) }), 0, 63, 0];
        WriteSegment(stream, JpegMarker.StartOfScan, head);
        JpegForwardTransform[] transforms = [new(quantizers[0]), new(quantizers[1])];
        JpegHuffmanCodes[] direct = [new(Direct(0)), new(Direct(1))], alternating = [new(Alternating(0)), new(Alternating(1))];
        var bits = new JpegBitWriter(stream);
        Span<float> block = stackalloc float[64];
        Span<int> coefficients = stackalloc int[64], last = stackalloc int[planes.Count];
        for (int unit = 0; unit < planes.UnitsAcross * planes.UnitsDown; unit++)
            for (int plane = 0; plane < planes.Count; plane++)
                for (int part = 0, density = planes.Density(plane), table = Math.Min(plane, 1); part < density * density; part++)
                {
                    planes.Block(plane, unit / planes.UnitsAcross * density + part / density, unit % planes.UnitsAcross * density + part % density, block);
                    transforms[table].Apply(block, coefficients);
                    direct[table].Write(bits, 0, coefficients[0] - last[plane]);
                    last[plane] = coefficients[0];
                    WriteAlternating(bits, alternating[table], coefficients);
                }
        bits.Finish();
    }

    private static void WriteAlternating(JpegBitWriter bits, JpegHuffmanCodes codes, ReadOnlySpan<int> coefficients)
    {
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            int coefficient = coefficients[JpegZigZag.Natural[k]];
            if (coefficient == 0)
            {
                run++;
                continue;
            }
            for (; run > 15; run -= 16) codes.Write(bits, 15, 0);
            codes.Write(bits, run, coefficient);
            run = 0;
        }
        if (run > 0) codes.Write(bits, 0, 0);
    }

    private static ReadOnlySpan<byte> Direct(int table) => table == 0 ? JpegStandardTables.LuminanceDirect : JpegStandardTables.ChrominanceDirect;

    private static ReadOnlySpan<byte> Alternating(int table) => table == 0 ? JpegStandardTables.LuminanceAlternating : JpegStandardTables.ChrominanceAlternating;

    private static byte[] Scaled(ReadOnlySpan<byte> quantizers, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        byte[] scaled = new byte[64];
        for (int i = 0; i < 64; i++) scaled[i] = (byte)Math.Clamp((quantizers[i] * percent + 50) / 100, 1, 255);
        return scaled;
    }

    private static byte[] InCodedOrder(byte[] table)
    {
        byte[] ordered = new byte[64];
        for (int k = 0; k < 64; k++) ordered[k] = table[JpegZigZag.Natural[k]];
        return ordered;
    }

    private static void WriteSegment(Stream stream, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(content.Length + 2));
        stream.Write(head);
        stream.Write(content);
    }
}
