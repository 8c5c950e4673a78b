using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

/// <summary>
/// The bits of one restart interval, from the highest of each byte. The bytes are free of stuffing; after the last one come zeros for
/// ever, and <see cref="HasOverrun"/> says whether any of them was taken.
/// </summary>
internal unsafe struct JpegBits(byte* data, int length)
{
    /// <summary>Bytes after the data that may be read with it; they are zero.</summary>
    internal const int Padding = 16;

    /// <summary>The next bits, from the highest.</summary>
    internal ulong Buffer;

    /// <summary>How many bits of <see cref="Buffer"/> count as taken from the data.</summary>
    internal int Count;

    /// <summary>The byte after those; it moves on past the end, where it is not read.</summary>
    internal byte* Position = data;

    internal readonly byte* End = data + length;

    /// <summary>Whether more bits were taken than there are.</summary>
    internal readonly bool HasOverrun => (Position - End) * 8 > Count;

    /// <summary>Makes <paramref name="count"/> at least 56.</summary>
    /// <remarks>Bits of the next byte that fit are in the buffer already, uncounted: the next call brings the same ones again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Fill(ref ulong buffer, ref int count, ref byte* position, byte* end)
    {
        ulong next = position <= end ? BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(position)) : 0;
        buffer |= next >> count;
        position += 63 - count >> 3;
        count |= 56;
    }

    /// <summary>Takes 1 to 16 bits.</summary>
    internal int Take(int length)
    {
        if (Count < 32) Fill(ref Buffer, ref Count, ref Position, End);
        int bits = (int)(Buffer >> 64 - length);
        Buffer <<= length;
        Count -= length;
        return bits;
    }

    /// <summary>Takes one bit.</summary>
    internal bool TakeBit()
    {
        if (Count < 32) Fill(ref Buffer, ref Count, ref Position, End);
        bool bit = (long)Buffer < 0;
        Buffer <<= 1;
        Count--;
        return bit;
    }

    /// <summary>Takes a code and gives its symbol.</summary>
    /// <returns>-1 where no code starts with the next bits.</returns>
    internal int TakeSymbol(JpegHuffmanTable table)
    {
        if (Count < 32) Fill(ref Buffer, ref Count, ref Position, End);
        int code = table.Codes[(int)(Buffer >> 64 - JpegHuffmanTable.LookupBits)];
        if (code == 0 && (code = table.LongCode((int)(Buffer >> 64 - JpegHuffmanTable.LongestCode))) == 0) return -1;
        Buffer <<= code & 255;
        Count -= code & 255;
        return code >> 8;
    }
}
