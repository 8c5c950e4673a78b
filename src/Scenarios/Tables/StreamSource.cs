using MLPipelines.Data;

namespace MLPipelines.Scenarios.Tables;

/// <summary>A stream, such as standard input, as a file that may be looked at before it is read: what was read once comes again from memory.</summary>
/// <param name="input">The stream.</param>
/// <param name="name">What messages call it.</param>
internal sealed class StreamSource(Stream input, string name) : IMultiStreamSource
{
    private byte[] _seen = new byte[1 << 17];
    private int _seenCount;

    public int Count => 1;

    public string? GetPathOrNull(int index) => name;

    /// <summary>Whether what is read from now on is read for good, and needs no keeping.</summary>
    internal bool IsLastReading { get; set; }

    public Stream Open(int index) => new Reading(this);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    private sealed class Reading(StreamSource source) : ForwardStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            int known = source._seenCount - _position;
            if (known > 0)
            {
                int count = Math.Min(known, buffer.Length);
                source._seen.AsSpan(_position, count).CopyTo(buffer);
                _position += count;
                return count;
            }
            int read = source.Input.Read(buffer);
            if (source.IsLastReading) return read;
            if (source._seenCount + read > source._seen.Length) Array.Resize(ref source._seen, Math.Max(source._seenCount + read, source._seen.Length * 2));
            buffer[..read].CopyTo(source._seen.AsSpan(source._seenCount));
            source._seenCount += read;
            _position += read;
            return read;
        }
    }

    private Stream Input { get; } = input;
}
