using System.Numerics;

namespace MLPipelines.Data;

/// <summary>The codes of a Huffman table, by symbol.</summary>
internal sealed class JpegHuffmanCodes
{
    private readonly uint[] _codes = new uint[256];
    private readonly int[] _lengths = new int[256];

    /// <param name="definition">The counts of codes of 1 to 16 bits, followed by the symbols.</param>
    internal JpegHuffmanCodes(ReadOnlySpan<byte> definition)
    {
        ReadOnlySpan<byte> symbols = definition[JpegHuffmanTable.LongestCode..];
        uint code = 0;
        for (int length = 1, index = 0; length <= JpegHuffmanTable.LongestCode; length++, code <<= 1)
            for (int end = index + definition[length - 1]; index < end; index++) (_codes[symbols[index]], _lengths[symbols[index]]) = (code++, length);
    }

    /// <summary>Writes the code of a run of zeros and a number's length, and the number.</summary>
    internal void Write(JpegBitWriter bits, int run, int number)
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(number)), symbol = run << 4 | size;
        bits.Write(_codes[symbol], _lengths[symbol]);
        // A negative number is one less, so that its highest bit tells it from a positive one.
        bits.Write((uint)(number < 0 ? number - 1 : number) & (1u << size) - 1, size);
    }
}
