using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MLPipelines.Data;

/// <summary>
/// Decodes a stream to UTF-16 in big blocks: UTF-8, with or without a byte-order mark, or UTF-16 when it starts with one.
/// Gzip is decompressed first.
/// </summary>
internal sealed class CharSource : IDisposable
{
    /// <summary>How many characters there must be room for: those of a surrogate pair, which is not split.</summary>
    internal const int LeastRoom = 2;

    private const int ByteBlock = 1 << 16;

    private readonly Stream _stream;
    private readonly string _name;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(ByteBlock);
    private readonly Decoder? _utf16;
    private int _start;
    private int _end;
    private bool _ended;

    /// <param name="stream">The stream, which the source then owns.</param>
    /// <param name="name">What messages call it.</param>
    internal CharSource(Stream stream, string name)
    {
        _name = name;
        _stream = GzipFiles.OpenDecompressed(stream);
        while (_end < 3 && !_ended) ReadBytes();
        ReadOnlySpan<byte> head = _bytes.AsSpan(0, _end);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start = 3;
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) (_utf16, _start) = (Encoding.Unicode.GetDecoder(), 2);
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) (_utf16, _start) = (Encoding.BigEndianUnicode.GetDecoder(), 2);
    }

    /// <summary>The first byte that is not UTF-8; reading stops before it.</summary>
    internal byte? InvalidByte { get; private set; }

    /// <summary>Writes the next characters; 0 at the end, or before a byte that is not UTF-8.</summary>
    internal int Read(Span<char> chars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chars.Length, LeastRoom);
        while (InvalidByte is null)
        {
            if (_start < _end || _ended)
            {
                int written = Decode(chars);
                if (written > 0 || (_ended && _start == _end)) return written;
                if (InvalidByte is not null) break;
            }
            ReadBytes();
        }
        return 0;
    }

    private int Decode(Span<char> chars)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_start, _end - _start);
        int read, written;
        if (_utf16 is not null)
        {
            _utf16.Convert(bytes, chars, flush: _ended, out read, out written, out _);
        }
        else if (Utf8.ToUtf16(bytes, chars, out read, out written, replaceInvalidSequences: false, isFinalBlock: _ended) == OperationStatus.InvalidData && written == 0)
        {
            InvalidByte = bytes[read];
        }
        _start += read;
        return written;
    }

    private void ReadBytes()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        int count;
        try
        {
            count = _stream.Read(_bytes.AsSpan(_end));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new MLPipelinesException($"{_name} cannot be read: the file is damaged, or cut off before its end. {e.Message}", e);
        }
        _end += count;
        _ended = count == 0;
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
