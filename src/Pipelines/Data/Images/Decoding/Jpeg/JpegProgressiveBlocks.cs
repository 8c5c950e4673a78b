namespace MLPipelines.Data;

/// <summary>The first scan of direct coefficients of a progressive picture (ITU-T T.81, G.1.2.1).</summary>
internal readonly unsafe struct JpegDirectBlocks(int shift) : IJpegBlocks
{
    public void Restart() { }

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        int size = bits.TakeSymbol(component.Direct);
        if (size < 0) return false;
        if (size > 0) component.LastDirect += JpegHuffmanTable.Extend(bits.Take(size), size);
        component.Block(row, column)[0] = (short)(component.LastDirect << shift);
        return true;
    }
}

/// <summary>A later scan of direct coefficients: one more bit of each.</summary>
internal readonly unsafe struct JpegDirectRefinement(int shift) : IJpegBlocks
{
    public void Restart() { }

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        if (bits.TakeBit()) component.Block(row, column)[0] |= (short)(1 << shift);
        return true;
    }
}

/// <summary>The first scan of a range of alternating coefficients (G.1.2.2).</summary>
internal unsafe struct JpegAlternatingBlocks(int first, int last, int shift) : IJpegBlocks
{
    // Blocks to come without a coefficient in the range.
    private int _empty;

    public void Restart() => _empty = 0;

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        if (_empty > 0)
        {
            _empty--;
            return true;
        }
        short* block = component.Block(row, column);
        int k = first;
        while (k <= last)
        {
            int symbol = bits.TakeSymbol(component.Alternating);
            if (symbol < 0) return false;
            int run = symbol >> 4, size = symbol & 15;
            if (size == 0)
            {
                if (run < 15)
                {
                    _empty = (1 << run) - 1 + (run > 0 ? bits.Take(run) : 0);
                    return true;
                }
                k += 16;
                continue;
            }
            k += run;
            block[JpegZigZag.Natural[k]] = (short)(JpegHuffmanTable.Extend(bits.Take(size), size) << shift);
            k++;
        }
        return k <= 64;
    }
}

/// <summary>A later scan of a range of alternating coefficients: one more bit of those that are not zero, and new ones (G.1.2.3).</summary>
internal unsafe struct JpegAlternatingRefinement(int first, int last, int shift) : IJpegBlocks
{
    private int _empty;

    public void Restart() => _empty = 0;

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        short* block = component.Block(row, column);
        int k = first;
        for (; _empty == 0 && k <= last; k++)
        {
            int symbol = bits.TakeSymbol(component.Alternating);
            if (symbol < 0) return false;
            int run = symbol >> 4, fresh = 0;
            if ((symbol & 15) != 0) fresh = (bits.TakeBit() ? 1 : -1) << shift;
            else if (run < 15)
            {
                _empty = (1 << run) + (run > 0 ? bits.Take(run) : 0);
                break;
            }
            k = Refine(ref bits, block, k, run);
            // Past the range in damaged data only: other decoders keep it too.
            if (fresh != 0) block[JpegZigZag.Natural[k]] = (short)fresh;
        }
        if (_empty > 0)
        {
            Refine(ref bits, block, k, 64);
            _empty--;
        }
        return true;
    }

    /// <summary>Takes the correction bits of coefficients that are not zero, up to the zero after so many others.</summary>
    /// <returns>The number of that zero; more than the last in the range where it does not have so many.</returns>
    private readonly int Refine(ref JpegBits bits, short* block, int k, int zeros)
    {
        for (; k <= last; k++)
        {
            short* coefficient = block + JpegZigZag.Natural[k];
            if (*coefficient == 0)
            {
                if (--zeros < 0) break;
            }
            else if (bits.TakeBit() && (*coefficient & 1 << shift) == 0)
                *coefficient += (short)((*coefficient > 0 ? 1 : -1) << shift);
        }
        return k;
    }
}
