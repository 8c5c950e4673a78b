using System.Text;
using System.Text.Unicode;

namespace MLPipelines.Data;

/// <summary>Files that are one text each.</summary>
internal static class TextBytes
{
    /// <summary>The text of bytes: UTF-8, or Latin-1 where they are not valid UTF-8.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }
}
