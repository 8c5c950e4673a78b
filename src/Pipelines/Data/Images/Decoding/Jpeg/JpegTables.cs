namespace MLPipelines.Data;

/// <summary>What segments before a scan define for it: quantizers, Huffman tables and the restart interval.</summary>
internal sealed class JpegTables
{
    // The tables that this thread made last, by class and number: pictures of one origin mostly have the same ones.
    [ThreadStatic]
    private static JpegHuffmanTable?[]? t_recent;

    private readonly int[]?[] _quantizers = new int[]?[4];
    private readonly JpegHuffmanTable?[] _huffman = new JpegHuffmanTable?[8];

    /// <summary>Interleaved units between two restart markers; 0 for none.</summary>
    internal int RestartInterval { get; private set; }

    /// <summary>The 64 quantizers of a table, row by row; <see langword="null"/> before they are defined.</summary>
    internal int[]? Quantizers(int number) => _quantizers[number];

    /// <summary>A Huffman table. Files without any, such as frames of motion JPEG, mean those of the standard.</summary>
    internal JpegHuffmanTable? Huffman(bool direct, int number) => _huffman[Index(direct, number)] ?? number switch
    {
        0 => Made(true, direct, 0, direct ? JpegStandardTables.LuminanceDirect : JpegStandardTables.LuminanceAlternating),
        1 => Made(true, direct, 1, direct ? JpegStandardTables.ChrominanceDirect : JpegStandardTables.ChrominanceAlternating),
        _ => null,
    };

    internal void ReadQuantizers(ref JpegSegment segment)
    {
        while (segment.Left > 0)
        {
            int head = segment.Byte("a table's number"), number = head & 15;
            bool words = head >> 4 == 1;
            if (head >> 4 > 1 || number > 3) throw segment.Fault($"found precision {head >> 4} and number {number} of a table of quantizers, expected 0 or 1, and 0 to 3");
            int[] table = _quantizers[number] = new int[64];
            for (int i = 0; i < 64; i++)
            {
                int quantizer = words ? segment.Word("a quantizer") : segment.Byte("a quantizer");
                if (quantizer == 0) throw segment.Fault("found a quantizer of 0, expected at least 1");
                table[JpegZigZag.Natural[i]] = quantizer;
            }
        }
    }

    internal void ReadHuffman(ref JpegSegment segment)
    {
        while (segment.Left > 0)
        {
            int head = segment.Byte("a table's number"), number = head & 15;
            if (head >> 4 > 1 || number > 3) throw segment.Fault($"found class {head >> 4} and number {number} of a Huffman table, expected 0 or 1, and 0 to 3");
            JpegSegment table = segment;
            int symbols = 0;
            foreach (byte count in segment.Bytes(JpegHuffmanTable.LongestCode, "the counts of codes")) symbols += count;
            if (symbols > 256) throw segment.Fault($"found a Huffman table of {symbols} codes, expected at most 256");
            segment.Bytes(symbols, "the symbols of a Huffman table");
            bool direct = head >> 4 == 0;
            _huffman[Index(direct, number)] = Made(false, direct, number, table.Bytes(JpegHuffmanTable.LongestCode + symbols, "a Huffman table"))
                ?? throw segment.Fault("found a Huffman table whose counts are of no prefix code, or with symbols that are no lengths of numbers");
        }
    }

    internal void ReadRestartInterval(ref JpegSegment segment) => RestartInterval = segment.Word("the restart interval");

    private static JpegHuffmanTable? Made(bool standard, bool direct, int number, ReadOnlySpan<byte> definition)
    {
        ref JpegHuffmanTable? recent = ref (t_recent ??= new JpegHuffmanTable?[16])[Index(direct, number) + (standard ? 8 : 0)];
        return recent is not null && recent.IsOf(definition) ? recent : recent = JpegHuffmanTable.Create(definition, direct);
    }

    private static int Index(bool direct, int number) => direct ? number : 4 + number;
}
