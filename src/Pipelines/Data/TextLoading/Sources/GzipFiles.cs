namespace MLPipelines.Data;

/// <summary>Reads gzip files as what they hold. They are known by their first two bytes, not by their name.</summary>
internal static class GzipFiles
{
    internal static Stream OpenDecompressed(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        Stream whole = stream;
        if (stream.CanSeek) stream.Seek(-count, SeekOrigin.Current);
        else whole = new FollowedStream(stream, after: [], before: start[..count].ToArray());
        return count == 2 && start is [0x1f, 0x8b] ? new CompleteGzipStream(whole) : whole;
    }
}
