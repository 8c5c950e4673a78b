namespace MLPipelines.Data;

/// <summary>A stream that is read from its place on, with given bytes before and after it.</summary>
internal sealed class FollowedStream(Stream stream, byte[] after, byte[]? before = null) : ForwardStream
{
    private readonly byte[] _before = before ?? [];
    private int _takenBefore;
    private int _takenAfter;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0) return 0;
        if (_takenBefore < _before.Length) return Take(_before, ref _takenBefore, buffer);
        if (!_ended)
        {
            int count = stream.Read(buffer);
            if (count > 0) return count;
            _ended = true;
        }
        return Take(after, ref _takenAfter, buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }

    private static int Take(byte[] bytes, ref int taken, Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, bytes.Length - taken);
        bytes.AsSpan(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }
}
