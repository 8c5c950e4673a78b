using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

/// <summary>
/// A Huffman table of JPEG (ITU-T T.81, annexes C and F), made for decoding by lookup: ten bits of data give the code, and in most
/// cases the number that follows it too. Immutable.
/// </summary>
internal sealed class JpegHuffmanTable
{
    /// <summary>How many bits the lookups take.</summary>
    internal const int LookupBits = 10;

    /// <summary>The longest code.</summary>
    internal const int LongestCode = 16;

    private const int LookupSize = 1 << LookupBits;

    private readonly byte[] _definition;
    private readonly int[] _codes = new int[LookupSize];
    private readonly int[] _numbers = new int[LookupSize];
    // By length of code: the codes of that length, moved to 16 bits, are below the limit; a code and the offset give the symbol's index.
    private readonly int[] _limits = new int[LongestCode + 1];
    private readonly int[] _offsets = new int[LongestCode + 1];

    private JpegHuffmanTable(byte[] definition, bool direct)
    {
        _definition = definition;
        ReadOnlySpan<byte> symbols = definition.AsSpan(LongestCode);
        for (int length = 1, code = 0, index = 0; length <= LongestCode; length++, code <<= 1)
        {
            _offsets[length] = index - code;
            for (int end = index + definition[length - 1]; index < end; index++, code++)
                if (length <= LookupBits) Enter(code, length, symbols[index], direct);
            _limits[length] = code << LongestCode - length;
        }
    }

    /// <summary>By the next ten bits: length in bits 0 to 7 and symbol in bits 8 to 15; 0 for a longer code.</summary>
    internal ReadOnlySpan<int> Codes => _codes;

    /// <summary>
    /// By the next ten bits. Where they hold a whole code and a number other than 0 that follows it: both lengths together in bits 0 to 7, the
    /// run of zeros before the number in bits 8 to 15, and the number above. Elsewhere the same as <see cref="Codes"/>, so that the number is 0.
    /// </summary>
    internal ReadOnlySpan<int> Numbers => _numbers;

    /// <summary>Makes a table of the counts of codes of 1 to 16 bits, followed by the symbols.</summary>
    /// <param name="definition">As it stands in a DHT segment.</param>
    /// <param name="direct">Whether it is for direct coefficients (DC), whose symbols are lengths of numbers, or alternating ones.</param>
    /// <returns>The table, or <see langword="null"/> where the counts are of no prefix code, or a symbol of direct coefficients is above 15.</returns>
    internal static JpegHuffmanTable? Create(ReadOnlySpan<byte> definition, bool direct)
    {
        int code = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            code = code << 1;
            code += definition[length - 1];
            if (code > 1 << length) return null;
        }
        if (direct && definition[LongestCode..].ContainsAnyExceptInRange<byte>(0, 15)) return null;
        return new JpegHuffmanTable(definition.ToArray(), direct);
    }

    /// <summary>Whether a table is made of the same counts and symbols.</summary>
    internal bool IsOf(ReadOnlySpan<byte> definition) => definition.SequenceEqual(_definition);

    /// <summary>Finds a code of more than ten bits.</summary>
    /// <param name="bits">The next 16 bits.</param>
    /// <returns>Length in bits 0 to 7 and symbol in bits 8 to 15, as in <see cref="Codes"/>; 0 where no code starts with these bits.</returns>
    /// <remarks>Inlined, since a call in a loop makes the caller keep its numbers in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int LongCode(int bits)
    {
        for (int length = LookupBits + 1; length <= LongestCode; length++)
            if (bits < _limits[length])
                return _definition[LongestCode + (bits >> LongestCode - length) + _offsets[length]] << 8 | length;
        return 0;
    }

    /// <summary>The number that some bits stand for: the upper half of their range is positive, the lower negative (table F.1).</summary>
    internal static int Extend(int bits, int length) => bits + ((bits - (1 << length - 1) >> 31) & 1 - (1 << length));

    private void Enter(int code, int length, int symbol, bool direct)
    {
        int first = code << LookupBits - length, count = 1 << LookupBits - length;
        _codes.AsSpan(first, count).Fill(symbol << 8 | length);
        _numbers.AsSpan(first, count).Fill(symbol << 8 | length);
        int size = symbol & 15, run = direct ? 0 : symbol >> 4, rest = LookupBits - length - size;
        if (rest < 0 || size == 0) return;
        for (int bits = 0; bits < 1 << size; bits++)
            _numbers.AsSpan(first + (bits << rest), 1 << rest).Fill(Extend(bits, size) << 16 | run << 8 | length + size);
    }
}
