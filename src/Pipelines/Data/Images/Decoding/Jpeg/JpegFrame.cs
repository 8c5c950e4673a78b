using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>The head of a coded picture: its size, its components and how they are coded (a segment SOF).</summary>
internal sealed class JpegFrame
{
    private JpegFrame(byte marker, int precision, int width, int height, JpegComponent[] components)
    {
        (IsProgressive, IsLossless) = (marker == JpegMarker.ProgressiveFrame, marker == JpegMarker.LosslessFrame);
        (Precision, Width, Height, Components) = (precision, width, height, components);
        (Across, Down) = (components.Max(component => component.Across), components.Max(component => component.Down));
        (int unitWidth, int unitHeight) = (BlockSide * Across, BlockSide * Down);
        (UnitsAcross, UnitsDown) = ((width + unitWidth - 1) / unitWidth, (height + unitHeight - 1) / unitHeight);
        foreach (JpegComponent component in components) component.Measure(this);
    }

    /// <summary>Whether scans bring the coefficients in parts.</summary>
    internal bool IsProgressive { get; }

    /// <summary>Whether samples are coded as they are, not as coefficients.</summary>
    internal bool IsLossless { get; }

    /// <summary>Samples on each side of a block: where there are no coefficients, a block is one sample.</summary>
    internal int BlockSide => IsLossless ? 1 : 8;

    /// <summary>Whether all coefficients or samples of a component are kept until the picture is read.</summary>
    internal bool KeepsBlocks => IsProgressive || IsLossless;

    /// <summary>Bits of a sample: 8 or 12, or 2 to 16 without loss.</summary>
    internal int Precision { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal JpegComponent[] Components { get; }

    /// <summary>The densest sampling from left to right: that of a component with a sample for each pixel.</summary>
    internal int Across { get; }

    /// <summary>The densest sampling from top to bottom.</summary>
    internal int Down { get; }

    /// <summary>Interleaved units (MCU) from left to right.</summary>
    internal int UnitsAcross { get; }

    /// <summary>Interleaved units (MCU) from top to bottom.</summary>
    internal int UnitsDown { get; }

    /// <param name="segment">A segment SOF0 to SOF3.</param>
    /// <param name="limits">How large the picture may be.</param>
    /// <param name="rest">The file after the segment.</param>
    internal static JpegFrame Read(ref JpegSegment segment, ImageLimits limits, ReadOnlySpan<byte> rest)
    {
        int precision = segment.Byte("the bits of a sample");
        (bool isKnown, string known) = segment.Marker switch
        {
            JpegMarker.BaselineFrame => (precision == 8, "8"),
            JpegMarker.LosslessFrame => (precision is >= 2 and <= 16, "2 to 16"),
            _ => (precision is 8 or 12, "8 or 12"),
        };
        if (!isKnown) throw segment.Fault($"found samples of {precision} bits, expected {known}");
        int height = segment.Word("the height");
        if (height == 0) height = LinesAfterScan(rest);
        int width = segment.Word("the width");
        limits.Check("JPEG", width, height);
        int count = segment.Byte("the number of components");
        if (count is not (1 or 3 or 4)) throw segment.Fault($"found {count} components, expected 1 (grey), 3 (colours) or 4 (inks)");
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++) components[i] = Component(ref segment, components.AsSpan(0, i));
        return new JpegFrame(segment.Marker, precision, width, height, components);
    }

    /// <summary>The height that stands after the first scan (a segment DNL) where the frame could not know it.</summary>
    private static int LinesAfterScan(ReadOnlySpan<byte> rest)
    {
        int lines = rest.IndexOf((ReadOnlySpan<byte>)[0xFF, JpegMarker.NumberOfLines, 0, 4]);
        return lines < 0 || lines + 6 > rest.Length ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[(lines + 4)..]);
    }

    private static JpegComponent Component(ref JpegSegment segment, ReadOnlySpan<JpegComponent> before)
    {
        int id = segment.Byte("the number of a component"), sampling = segment.Byte("sampling factors"), quantizer = segment.Byte("a table of quantizers");
        foreach (JpegComponent other in before)
            if (other.Id == id) throw segment.Fault($"found two components with the number {id}");
        int across = sampling >> 4, down = sampling & 15;
        if (across is < 1 or > 4 || down is < 1 or > 4) throw segment.Fault($"found the sampling factors {across} and {down}, expected 1 to 4");
        if (quantizer > 3) throw segment.Fault($"found table of quantizers {quantizer}, expected 0 to 3");
        return new JpegComponent(id, across, down, quantizer);
    }
}
