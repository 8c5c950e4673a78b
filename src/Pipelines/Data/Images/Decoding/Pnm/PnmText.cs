namespace MLPipelines.Data;

/// <summary>The numbers of a portable picture, with white space and comments between them.</summary>
internal ref struct PnmText(ReadOnlySpan<byte> file, int position, Func<string, Exception> invalid)
{
    private readonly ReadOnlySpan<byte> _file = file;

    internal int Position { get; private set; } = position;

    internal static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\v' or (byte)'\f';

    /// <summary>The next number.</summary>
    internal int Next(string what)
    {
        SkipSpace(what);
        int start = Position;
        long number = 0;
        for (; Position < _file.Length && _file[Position] is >= (byte)'0' and <= (byte)'9' && number <= int.MaxValue; Position++) number = 10 * number + _file[Position] - '0';
        if (Position == start) throw invalid($"found byte {_file[start]} at {start}, expected {what}, a number");
        if (number > int.MaxValue) throw invalid($"{what} at byte {start} is too large");
        return (int)number;
    }

    /// <summary>The next digit, which may stand close to others.</summary>
    internal bool NextBit()
    {
        SkipSpace("a pixel");
        byte digit = _file[Position++];
        return digit is (byte)'0' or (byte)'1' ? digit == '1' : throw invalid($"found byte {digit} at {Position - 1}, expected a pixel, 0 or 1");
    }

    /// <summary>The one character between the header and the bytes of the pixels.</summary>
    internal void SkipOneSpace()
    {
        if (Position >= _file.Length || !IsSpace(_file[Position])) throw invalid($"expected white space at byte {Position}, before the pixels");
        Position++;
    }

    private void SkipSpace(string what)
    {
        while (Position < _file.Length && (IsSpace(_file[Position]) || _file[Position] == '#'))
        {
            if (_file[Position] == '#')
                while (Position < _file.Length && _file[Position] is not ((byte)'\n' or (byte)'\r')) Position++;
            else Position++;
        }
        if (Position >= _file.Length) throw invalid($"the file ends at byte {_file.Length}, before {what}");
    }
}
