using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>Blocks whose coefficients come at once: each is turned into samples as soon as it is read (ITU-T T.81, F.2).</summary>
/// <param name="block">64 coefficients of working memory.</param>
/// <param name="precision">Bits of a sample.</param>
internal readonly unsafe struct JpegSequentialBlocks(short* block, int precision) : IJpegBlocks
{
    public void Restart() { }

    public bool Read(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        int coefficients = Coefficients(ref bits, component, block);
        int stride = component.Stride;
        byte* samples = component.Samples + (nint)row * 8 * stride + column * 8;
        if (coefficients == 1)
        {
            JpegInverseTransform.Flat(block[0] * component.Quantizers[0], precision, samples, stride);
            return true;
        }
        JpegInverseTransform.Block(block, component.Quantizers, precision, samples, stride);
        new Span<short>(block, 64).Clear();
        return coefficients <= 64;
    }

    /// <summary>Reads the coefficients of a block into zeros.</summary>
    /// <returns>How many there are up to the last that was coded; more than 64 in damaged data.</returns>
    private static int Coefficients(ref JpegBits bits, JpegComponent component, short* block)
    {
        const int Damaged = 65, Lookup = 64 - JpegHuffmanTable.LookupBits, Longest = 64 - JpegHuffmanTable.LongestCode;
        ref byte natural = ref MemoryMarshal.GetReference(JpegZigZag.Natural);
        ref int numbers = ref MemoryMarshal.GetReference(component.Direct.Numbers);
        // Locals stay in registers, where the fields of the struct would not.
        ulong buffer = bits.Buffer;
        int count = bits.Count;
        byte* position = bits.Position, end = bits.End;

        JpegBits.Fill(ref buffer, ref count, ref position, end);
        int entry = Unsafe.Add(ref numbers, (nint)(buffer >> Lookup));
        if (entry == 0 && (entry = component.Direct.LongCode((int)(buffer >> Longest))) == 0) return Damaged;
        int number = entry >> 16, length = entry & 255;
        if (number == 0 && entry >> 8 is > 0 and var size)
        {
            number = JpegHuffmanTable.Extend((int)(buffer << length >> 64 - size), size);
            length += size;
        }
        buffer <<= length;
        count -= length;
        component.LastDirect += number;
        block[0] = (short)component.LastDirect;

        numbers = ref MemoryMarshal.GetReference(component.Alternating.Numbers);
        JpegHuffmanTable alternating = component.Alternating;
        int k = 1, read = 1;
        do
        {
            if (count < 32) JpegBits.Fill(ref buffer, ref count, ref position, end);
            entry = Unsafe.Add(ref numbers, (nint)(buffer >> Lookup));
            if (entry == 0 && (entry = alternating.LongCode((int)(buffer >> Longest))) == 0) return Damaged;
            number = entry >> 16;
            buffer <<= entry & 255;
            count -= entry & 255;
            if (number != 0) k += entry >> 8 & 255;
            else
            {
                int run = entry >> 12;
                size = entry >> 8 & 15;
                if (size == 0)
                {
                    if (run < 15) break;
                    k += 16;
                    continue;
                }
                k += run;
                number = JpegHuffmanTable.Extend((int)(buffer >> 64 - size), size);
                buffer <<= size;
                count -= size;
            }
            block[Unsafe.Add(ref natural, k)] = (short)number;
            read = ++k;
        }
        while (k < 64);

        bits.Buffer = buffer;
        bits.Count = count;
        bits.Position = position;
        return read;
    }
}
