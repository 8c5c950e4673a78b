using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>The content of one marker segment, taken from the front.</summary>
internal ref struct JpegSegment(byte marker, ReadOnlySpan<byte> content, int offset)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _taken;

    internal byte Marker { get; } = marker;

    /// <summary>Bytes that are not taken yet.</summary>
    internal readonly int Left => _content.Length - _taken;

    /// <summary>Where in the file the next byte is.</summary>
    internal readonly int Offset => offset + _taken;

    internal int Byte(string meaning) => Bytes(1, meaning)[0];

    internal int Word(string meaning) => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2, meaning));

    /// <exception cref="MLPipelinesException">The segment has fewer bytes left.</exception>
    internal ReadOnlySpan<byte> Bytes(int count, string meaning)
    {
        if (Left < count) throw Fault($"found {Left} bytes before the end of the segment, expected {count} for {meaning}");
        _taken += count;
        return _content.Slice(_taken - count, count);
    }

    internal readonly MLPipelinesException Fault(string problem) => JpegFault.At(Offset, $"{JpegMarker.Name(Marker)}: {problem}.");
}
