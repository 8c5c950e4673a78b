namespace MLPipelines.Data;

/// <summary>The coded data of one scan: bytes up to the next marker, where FF 00 means the byte FF.</summary>
internal unsafe ref struct JpegScanData(ReadOnlySpan<byte> file, int start, byte* buffer)
{
    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Where in the file the data that is not taken yet, or the marker that ended it, starts.</summary>
    internal int At { get; private set; } = start;

    /// <summary>The marker that ended the data taken last; 0 at the end of the file.</summary>
    internal byte Marker { get; private set; }

    /// <summary>What stands where the data ended, for messages.</summary>
    internal readonly string Found => Marker == 0 ? "the end of the file" : JpegMarker.Name(Marker);

    /// <summary>Takes the data up to the next marker.</summary>
    internal JpegBits TakeInterval()
    {
        byte* to = buffer;
        for (Marker = 0; ;)
        {
            ReadOnlySpan<byte> rest = _file[At..];
            int plain = rest.IndexOf((byte)0xFF);
            if (plain < 0) plain = rest.Length;
            rest[..plain].CopyTo(new Span<byte>(to, plain));
            to += plain;
            At += plain;
            int after = plain;
            // Any number of FF may stand before a marker.
            while (after < rest.Length && rest[after] == 0xFF) after++;
            if (after == rest.Length) break;
            if (rest[after] != 0)
            {
                At += after - 1 - plain;
                Marker = rest[after];
                break;
            }
            *to++ = 0xFF;
            At += after + 1 - plain;
        }
        new Span<byte>(to, JpegBits.Padding).Clear();
        return new JpegBits(buffer, (int)(to - buffer));
    }

    /// <summary>Goes past the restart marker that ended an interval.</summary>
    /// <param name="number">Its number, counted from 0 and modulo 8.</param>
    /// <exception cref="MLPipelinesException">Something else ended the interval.</exception>
    internal void Restart(int number)
    {
        if (Marker != JpegMarker.FirstRestart + number) throw JpegFault.At(At, $"found {Found}, expected the restart marker RST{number}.");
        At += 2;
    }
}
