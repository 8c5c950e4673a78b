using System.Buffers;
using System.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// UTF-8 in which a surrogate without its partner has the three bytes that UTF-8 would give it, were it a character (WTF-8): any .NET text becomes
/// bytes and comes back as it was. Bytes that mean nothing are read as U+FFFD, as .NET's decoder does.
/// </summary>
internal static class Wtf8
{
    /// <summary>Writes the code point at the start of a text; returns how many bytes it has.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="bytes">Four bytes.</param>
    /// <param name="units">How many UTF-16 units it has.</param>
    internal static int Encode(ReadOnlySpan<char> text, Span<byte> bytes, out int units)
    {
        char c = text[0];
        units = 1;
        if (c < 0x80)
        {
            bytes[0] = (byte)c;
            return 1;
        }
        if (c < 0x800)
        {
            (bytes[0], bytes[1]) = ((byte)(0xC0 | (c >> 6)), (byte)(0x80 | (c & 0x3F)));
            return 2;
        }
        if (char.IsHighSurrogate(c) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            units = 2;
            return new Rune(c, text[1]).EncodeToUtf8(bytes);
        }
        (bytes[0], bytes[1], bytes[2]) = ((byte)(0xE0 | (c >> 12)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F)));
        return 3;
    }

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int taken) == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                taken = 3;
            }
            else
            {
                text.Append('\uFFFD');
            }
            bytes = bytes[taken..];
        }
        return text.ToString();
    }
}
