using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>Goes through the segments of a file and gathers the planes of its picture.</summary>
internal unsafe ref struct JpegReading(ReadOnlySpan<byte> file, ImageLimits limits, JpegArena arena)
{
    /// <summary>
    /// The most scans that a picture may have. Programs write about ten; each one costs a pass over the picture, however few bytes it has.
    /// </summary>
    private const int MostScans = 400;

    private readonly ReadOnlySpan<byte> _file = file;
    private readonly JpegTables _tables = new();
    private JpegFrame? _frame;
    private byte* _data;
    private short* _block;
    private bool _hasJfif;
    private int? _adobe;
    private int _orientation = 1, _scans, _at = 2;

    /// <summary>Reads up to the end of the picture.</summary>
    internal DecodedImage Picture()
    {
        while (NextMarker() is var marker && marker != JpegMarker.EndOfImage)
            if (!JpegMarker.StandsAlone(marker)) Segment(marker);
        JpegFrame frame = _frame ?? throw JpegFault.At(_at, "found the end of the picture, expected a frame (SOF). The file has no picture.");
        if (_scans == 0) throw JpegFault.At(_at, "found the end of the picture, expected a scan (SOS). The file has no picture.");
        foreach (JpegComponent component in frame.Components)
        {
            if (!frame.IsProgressive && !component.IsScanned) throw JpegFault.At(_at, $"found the end of the picture, expected a scan of component {component.Id}.");
            if (frame.IsProgressive) JpegRefinedBlocks.Transform(component, frame.Precision);
        }
        return new DecodedImage(frame.Width, frame.Height, Pixels(frame), _orientation);
    }

    /// <summary>Goes past the next marker; bytes before it that belong to nothing are left out.</summary>
    private byte NextMarker()
    {
        while (true)
        {
            int start = _file[_at..].IndexOf((byte)0xFF);
            if (start < 0) break;
            for (_at += start + 1; _at < _file.Length && _file[_at] == 0xFF;) _at++;
            if (_at == _file.Length) break;
            byte marker = _file[_at++];
            if (marker != 0) return marker;
        }
        // A picture that has everything but its last two bytes is whole; whether a progressive one is cannot be known.
        _at = _file.Length;
        if (_frame is { IsProgressive: false } && _scans > 0) return JpegMarker.EndOfImage;
        throw JpegFault.At(_at, $"found the end of the file, expected {(_scans > 0 ? "another scan (SOS) or the end of the picture (EOI)" : "a picture")}. The file is truncated.");
    }

    private void Segment(byte marker)
    {
        int length = _at + 2 <= _file.Length ? BinaryPrimitives.ReadUInt16BigEndian(_file[_at..]) : 0, left = _file.Length - _at;
        if (length < 2 || length > left)
            throw JpegFault.At(_at, $"{JpegMarker.Name(marker)}: found a length of {length} with {left} bytes left in the file, expected at least 2 and no more than are left. The file is truncated or damaged.");
        var segment = new JpegSegment(marker, _file.Slice(_at + 2, length - 2), _at + 2);
        _at += length;
        switch (marker)
        {
            case JpegMarker.HuffmanTables: _tables.ReadHuffman(ref segment); break;
            case JpegMarker.Quantizers: _tables.ReadQuantizers(ref segment); break;
            case JpegMarker.RestartInterval: _tables.ReadRestartInterval(ref segment); break;
            case JpegMarker.StartOfScan: Scan(ref segment); break;
            case JpegMarker.FirstApplication: _hasJfif |= segment.Left >= 5 && segment.Bytes(5, "a name").SequenceEqual("JFIF\0"u8); break;
            case JpegMarker.Exif: _orientation = ExifOrientation.OfSegment(segment.Bytes(segment.Left, "EXIF data")) ?? _orientation; break;
            case JpegMarker.Adobe:
                if (segment.Left >= 12 && segment.Bytes(5, "a name").SequenceEqual("Adobe"u8)) _adobe = segment.Bytes(7, "a colour transform")[6];
                break;
            default:
                if (JpegMarker.IsFrame(marker)) Frame(ref segment);
                break;
        }
    }

    private void Frame(ref JpegSegment segment)
    {
        if (_frame is not null) throw segment.Fault("found a second frame, expected one");
        string? unknown = segment.Marker switch
        {
            <= JpegMarker.ProgressiveFrame => null,
            JpegMarker.LosslessFrame => "lossless coding",
            >= JpegMarker.FirstArithmeticFrame => "arithmetic coding",
            _ => "hierarchical coding",
        };
        if (unknown is not null) throw segment.Fault($"found {unknown}, which is not supported; expected Huffman coding, sequential or progressive (SOF0 to SOF2). Save the picture as an ordinary JPEG or as PNG");
        JpegFrame frame = _frame = JpegFrame.Read(ref segment, limits, LinesAfterScan());
        CheckBytes(ref segment, frame);
        long data = _file.Length - _at + (long)JpegBits.Padding, block = 64 * sizeof(short);
        long bytes = JpegArena.Size(data) + JpegArena.Size(block);
        foreach (JpegComponent component in frame.Components) bytes += component.Bytes(frame.IsProgressive) + JpegPlaneRows.Bytes(frame);
        arena.Reserve(bytes);
        _data = arena.Take(data);
        _block = (short*)arena.Take(block);
        new Span<short>(_block, 64).Clear();
        foreach (JpegComponent component in frame.Components) component.Place(arena, frame.IsProgressive);
    }

    /// <summary>A few bytes can claim any size. Even an empty block takes two bits, or one of the first scan of a progressive picture.</summary>
    private readonly void CheckBytes(ref JpegSegment segment, JpegFrame frame)
    {
        long bits = 0;
        foreach (JpegComponent component in frame.Components)
            if (!frame.IsProgressive || bits == 0) bits += (long)component.BlocksAcross * component.BlocksDown * (frame.IsProgressive ? 1 : 2);
        int left = _file.Length - _at;
        if (bits / 8 > left) throw segment.Fault($"found {left} bytes after the frame, expected at least {bits / 8} for {frame.Width} by {frame.Height} pixels. The file is truncated or damaged");
    }

    /// <summary>The height that stands after the first scan (a segment DNL) where the frame could not know it.</summary>
    private readonly int LinesAfterScan()
    {
        ReadOnlySpan<byte> rest = _file[_at..];
        int lines = rest.IndexOf((ReadOnlySpan<byte>)[0xFF, JpegMarker.NumberOfLines, 0, 4]);
        return lines < 0 || lines + 6 > rest.Length ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[(lines + 4)..]);
    }

    private void Scan(ref JpegSegment segment)
    {
        JpegFrame frame = _frame ?? throw segment.Fault("found a scan, expected a frame (SOF) before it");
        if (++_scans > MostScans) throw segment.Fault($"found more than {MostScans} scans");
        JpegScan scan = JpegScan.Read(ref segment, frame, _tables);
        var data = new JpegScanData(_file, _at, _data);
        int interval = _tables.RestartInterval;
        _at = (frame.IsProgressive, Direct: scan.First == 0, Again: scan.Seen > 0) switch
        {
            (false, _, _) => JpegScanWalk.Read(new JpegSequentialBlocks(_block, frame.Precision), frame, scan, interval, data),
            (_, true, false) => JpegScanWalk.Read(new JpegDirectBlocks(scan.Shift), frame, scan, interval, data),
            (_, true, true) => JpegScanWalk.Read(new JpegDirectRefinement(scan.Shift), frame, scan, interval, data),
            (_, false, false) => JpegScanWalk.Read(new JpegAlternatingBlocks(scan.First, scan.Last, scan.Shift), frame, scan, interval, data),
            (_, false, true) => JpegScanWalk.Read(new JpegAlternatingRefinement(scan.First, scan.Last, scan.Shift), frame, scan, interval, data),
        };
    }

    private readonly byte[] Pixels(JpegFrame frame)
    {
        JpegColors colors = JpegColorHabits.Of(frame.Components, _hasJfif, _adobe);
        var planes = new JpegPlaneRows[frame.Components.Length];
        for (int i = 0; i < planes.Length; i++) planes[i] = JpegPlaneRows.Of(frame.Components[i], frame, arena);
        var rows = new byte*[planes.Length];
        byte[] pixels = GC.AllocateUninitializedArray<byte>(4 * frame.Width * frame.Height);
        fixed (byte* start = pixels)
            for (int y = 0; y < frame.Height; y++)
            {
                for (int i = 0; i < planes.Length; i++) rows[i] = planes[i].Row(y);
                JpegPixels.Row(colors, rows, (uint*)start + (nint)y * frame.Width, frame.Width);
            }
        return pixels;
    }
}
