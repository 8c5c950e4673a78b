using System.IO.Compression;

namespace MLPipelines.Data;

/// <summary>
/// Decompresses gzip and notices a file that was cut off, which <see cref="GZipStream"/> takes for a shorter one. After the
/// file's last byte it is given one member more, with a mark in it: the mark comes out at the end only when the last member
/// of the file was whole.
/// </summary>
internal sealed class CompleteGzipStream : ForwardStream
{
    private static readonly byte[] Mark = "\0end of the gzip file\0"u8.ToArray();

    private readonly GZipStream _plain;
    private readonly byte[] _buffer = new byte[1 << 15];
    private int _start;
    private int _end;
    private bool _ended;

    internal CompleteGzipStream(Stream packed) => _plain = new GZipStream(new FollowedStream(packed, MarkMember()), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The file is damaged or was cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        // The last bytes are held back until it is known whether they are the mark.
        while (_end - _start <= Mark.Length && !_ended)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = _plain.Read(_buffer.AsSpan(_end));
            _end += read;
            if (read > 0) continue;
            _ended = true;
            if (!_buffer.AsSpan(_start, _end - _start).SequenceEqual(Mark)) throw new InvalidDataException("The gzip data ends too early.");
        }
        int count = _ended ? 0 : Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _plain.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] MarkMember()
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.NoCompression)) gzip.Write(Mark);
        return member.ToArray();
    }
}
