namespace MLPipelines.Data;

/// <summary>The head of one scan (a segment SOS): which components it has and which part of their coefficients.</summary>
internal sealed class JpegScan
{
    private JpegScan(JpegComponent[] components, int first, int last, int seen, int shift) =>
        (Components, First, Last, Seen, Shift) = (components, first, last, seen, shift);

    internal JpegComponent[] Components { get; }

    /// <summary>The first coefficient in coded order (Ss).</summary>
    internal int First { get; }

    /// <summary>The last coefficient in coded order (Se).</summary>
    internal int Last { get; }

    /// <summary>The lowest bit that an earlier scan brought (Ah); 0 in the first scan of a coefficient.</summary>
    internal int Seen { get; }

    /// <summary>The lowest bit that this scan brings (Al).</summary>
    internal int Shift { get; }

    internal static JpegScan Read(ref JpegSegment segment, JpegFrame frame, JpegTables tables)
    {
        int count = segment.Byte("the number of components");
        if (count < 1 || count > frame.Components.Length) throw segment.Fault($"found {count} components in a scan, expected 1 to {frame.Components.Length}");
        var components = new JpegComponent[count];
        var selectors = (stackalloc int[count]);
        for (int i = 0; i < count; i++)
        {
            int id = segment.Byte("the number of a component");
            components[i] = Array.Find(frame.Components, component => component.Id == id)
                ?? throw segment.Fault($"found component {id} in a scan, expected one of {string.Join(", ", frame.Components.Select(component => component.Id))}");
            if (Array.IndexOf(components, components[i]) < i) throw segment.Fault($"found component {id} twice in a scan");
            selectors[i] = segment.Byte("the tables of a component");
        }
        int first = segment.Byte("the first coefficient"), last = segment.Byte("the last coefficient"), bits = segment.Byte("the bits of coefficients");
        JpegScan scan = frame.IsProgressive ? new(components, first, last, bits >> 4, bits & 15) : new(components, 0, 63, 0, 0);
        if (frame.IsProgressive) scan.CheckProgression(ref segment);
        for (int i = 0; i < count; i++) scan.SetTables(ref segment, components[i], selectors[i], tables);
        return scan;
    }

    private void CheckProgression(ref JpegSegment segment)
    {
        if (First > Last || Last > 63 || First == 0 && Last != 0) throw segment.Fault($"found coefficients {First} to {Last}, expected 0 alone or a range within 1 to 63");
        if (First > 0 && Components.Length > 1) throw segment.Fault($"found {Components.Length} components in a scan of alternating coefficients, expected 1");
        if (Shift > 13 || Seen > 0 && Seen != Shift + 1) throw segment.Fault($"found bits {Seen} to {Shift} of coefficients, expected 0 to 13 in a first scan and one bit in a later one");
    }

    private void SetTables(ref JpegSegment segment, JpegComponent component, int selector, JpegTables tables)
    {
        int direct = selector >> 4, alternating = selector & 15;
        component.StartScan(tables.Quantizers(component.Quantizer)
            ?? throw segment.Fault($"found a scan of component {component.Id} before its table of quantizers {component.Quantizer}"));
        if (First == 0 && Seen == 0) component.Direct = Table(ref segment, true, direct, tables);
        if (Last > 0) component.Alternating = Table(ref segment, false, alternating, tables);
    }

    private static JpegHuffmanTable Table(ref JpegSegment segment, bool direct, int number, JpegTables tables) => (number > 3 ? null : tables.Huffman(direct, number))
        ?? throw segment.Fault($"found a scan that uses {(direct ? "direct" : "alternating")} Huffman table {number}, which is not defined");
}
