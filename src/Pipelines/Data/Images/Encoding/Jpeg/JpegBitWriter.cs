namespace MLPipelines.Data;

/// <summary>Writes codes and numbers as the bits of a scan, with a zero byte after each 0xFF.</summary>
internal sealed class JpegBitWriter(Stream stream)
{
    private readonly byte[] _bytes = new byte[4096];
    private ulong _bits;
    private int _count, _filled;

    /// <summary>Writes the lowest bits of a number, the highest of them first.</summary>
    /// <param name="bits">The number; bits above those are zero.</param>
    /// <param name="length">How many bits, 0 to 32.</param>
    internal void Write(uint bits, int length)
    {
        _bits = _bits << length | bits;
        for (_count += length; _count >= 8; _count -= 8) WriteByte((byte)(_bits >> _count - 8));
    }

    /// <summary>Fills the last byte with ones, and writes what is left to the stream.</summary>
    internal void Finish()
    {
        if (_count > 0) Write((1u << 8 - _count) - 1, 8 - _count);
        stream.Write(_bytes.AsSpan(0, _filled));
        _filled = 0;
    }

    private void WriteByte(byte value)
    {
        if (_filled > _bytes.Length - 2)
        {
            stream.Write(_bytes.AsSpan(0, _filled));
            _filled = 0;
        }
        _bytes[_filled++] = value;
        if (value == 0xFF) _bytes[_filled++] = 0;
    }
}
