using System.Buffers;

namespace MLPipelines.Data;

/// <summary>The working memory of one picture: one pinned, pooled buffer, cut into pieces that start at multiples of 64 bytes.</summary>
internal sealed unsafe class JpegArena : IDisposable
{
    /// <summary>How far kernels may read or write past the end of a piece.</summary>
    internal const int Slack = 64;

    private byte[]? _memory;
    private MemoryHandle _pin;
    private byte* _next;
    private long _left;

    /// <summary>The bytes that a piece takes.</summary>
    internal static long Size(long bytes) => (bytes + Slack + 63) / 64 * 64;

    /// <summary>Takes memory for pieces with a sum of <see cref="Size"/>; its content is arbitrary.</summary>
    internal void Reserve(long bytes)
    {
        if (bytes + 64 > Array.MaxLength) throw new MLPipelinesException($"JPEG: the picture needs {bytes} bytes of working memory, more than the {Array.MaxLength} that one array has.");
        _memory = ArrayPool<byte>.Shared.Rent((int)bytes + 64);
        _pin = new Memory<byte>(_memory).Pin();
        _next = (byte*)((nint)_pin.Pointer + 63 & ~(nint)63);
        _left = bytes;
    }

    internal byte* Take(long bytes)
    {
        long size = Size(bytes);
        if (size > _left) throw new InvalidOperationException($"The working memory has {_left} bytes left, {size} are asked for.");
        byte* piece = _next;
        _next += size;
        _left -= size;
        return piece;
    }

    public void Dispose()
    {
        _pin.Dispose();
        if (_memory is not null) ArrayPool<byte>.Shared.Return(_memory);
        _memory = null;
    }
}
