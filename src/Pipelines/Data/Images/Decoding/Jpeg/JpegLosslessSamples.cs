namespace MLPipelines.Data;

/// <summary>Samples that are coded as differences from what their neighbours predict (ITU-T T.81, annex H).</summary>
/// <param name="prediction">Which neighbours, 1 to 7 (table H.1).</param>
/// <param name="shift">Low bits that are left out of samples.</param>
/// <param name="precision">Bits of a sample; the highest eight are kept.</param>
internal readonly unsafe struct JpegLosslessSamples(int prediction, int shift, int precision) : IJpegBlocks
{
    private const int LargestSize = 16;

    public void Restart() { }

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        int size = bits.TakeSymbol(component.Direct);
        if (size is < 0 or > LargestSize) return false;
        // The longest number has no bits: it is always the same.
        int difference = size switch { 0 => 0, LargestSize => 1 << LargestSize - 1, _ => JpegHuffmanTable.Extend(bits.Take(size), size) };
        ushort* sample = (ushort*)component.Coefficients + (nint)row * component.Stride + column;
        *sample = (ushort)(Predicted(sample, component, row, column) + difference);
        int value = *sample << shift & (1 << precision) - 1;
        component.Samples[(nint)row * component.Stride + column] = (byte)(precision >= 8 ? value >> precision - 8 : value << 8 - precision);
        return true;
    }

    /// <summary>The first row of an interval is predicted from the left, and the first column from above.</summary>
    private int Predicted(ushort* sample, JpegComponent component, int row, int column)
    {
        if (component.LastDirect == 0)
        {
            component.LastDirect = row + 1;
            return 1 << precision - shift - 1;
        }
        if (row < component.LastDirect) return sample[-1];
        int above = sample[-component.Stride];
        if (column == 0) return above;
        int left = sample[-1], corner = sample[-component.Stride - 1];
        return prediction switch
        {
            1 => left,
            2 => above,
            3 => corner,
            4 => left + above - corner,
            5 => left + (above - corner >> 1),
            6 => above + (left - corner >> 1),
            _ => left + above >> 1,
        };
    }
}
