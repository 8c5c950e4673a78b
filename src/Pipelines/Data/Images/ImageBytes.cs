namespace MLPipelines.Data;

/// <summary>Reads encoded pictures whole, up to the size that is allowed.</summary>
internal static class ImageBytes
{
    /// <summary>The bytes from where a stream is to its end.</summary>
    /// <exception cref="MLPipelinesException">There are more than allowed; no more than these were read.</exception>
    internal static ReadOnlySpan<byte> ReadToEnd(Stream stream, ImageLimits limits)
    {
        long expected = stream.CanSeek ? stream.Length - stream.Position : 0;
        limits.CheckBytes(expected);
        byte[] buffer = new byte[Math.Max(expected + 1, 4096)];
        for (int count = 0; ;)
        {
            int read = stream.Read(buffer, count, buffer.Length - count);
            if (read == 0) return buffer.AsSpan(0, count);
            count += read;
            limits.CheckBytes(count);
            if (count == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * count, Array.MaxLength));
        }
    }
}
