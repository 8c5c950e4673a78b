namespace MLPipelines.Data;

/// <summary>The head of a coded picture: its size, its components and how they are coded (a segment SOF).</summary>
internal sealed class JpegFrame
{
    private JpegFrame(bool progressive, int precision, int width, int height, JpegComponent[] components)
    {
        (IsProgressive, Precision, Width, Height, Components) = (progressive, precision, width, height, components);
        (Across, Down) = (components.Max(component => component.Across), components.Max(component => component.Down));
        (UnitsAcross, UnitsDown) = ((width + 8 * Across - 1) / (8 * Across), (height + 8 * Down - 1) / (8 * Down));
        foreach (JpegComponent component in components) component.Measure(this);
    }

    /// <summary>Whether scans bring the coefficients in parts.</summary>
    internal bool IsProgressive { get; }

    /// <summary>Bits of a sample: 8 or 12.</summary>
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

    /// <param name="segment">A segment SOF0, SOF1 or SOF2.</param>
    /// <param name="limits">How large the picture may be.</param>
    /// <param name="lines">Gives the height where the segment has 0 for it.</param>
    internal static JpegFrame Read(ref JpegSegment segment, ImageLimits limits, int lines)
    {
        int precision = segment.Byte("the bits of a sample");
        if (precision != 8 && (precision != 12 || segment.Marker == JpegMarker.BaselineFrame))
            throw segment.Fault($"found samples of {precision} bits, expected 8{(segment.Marker == JpegMarker.BaselineFrame ? "" : " or 12")}");
        int height = segment.Word("the height");
        if (height == 0) height = lines;
        int width = segment.Word("the width");
        limits.Check("JPEG", width, height);
        int count = segment.Byte("the number of components");
        if (count is not (1 or 3 or 4)) throw segment.Fault($"found {count} components, expected 1 (grey), 3 (colours) or 4 (inks)");
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++) components[i] = Component(ref segment, components.AsSpan(0, i));
        return new JpegFrame(segment.Marker == JpegMarker.ProgressiveFrame, precision, width, height, components);
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
