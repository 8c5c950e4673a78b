using System.Globalization;
using System.Text;

namespace MLPipelines.Persistence;

/// <summary>
/// Texts as lines of UTF-8. What would end a line is escaped (<c>\n</c>, <c>\r</c>), the escape itself is (<c>\\</c>), and half of a
/// surrogate pair, which UTF-8 has no bytes for, is written as <c>\uD83D</c>. So every string comes back as it was.
/// </summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static byte[] Write(IReadOnlyList<string> texts)
    {
        var lines = new StringBuilder();
        foreach (string text in texts)
        {
            if (text.AsSpan().ContainsAny('\\', '\n', '\r') || text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) Escape(text, lines);
            else lines.Append(text);
            lines.Append('\n');
        }
        return Encoding.GetBytes(lines.ToString());
    }

    /// <exception cref="FormatException">The bytes are not what <see cref="Write"/> makes.</exception>
    internal static List<string> Read(byte[] bytes)
    {
        string all;
        try
        {
            all = Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("it is not valid UTF-8", e);
        }
        if (all.Length == 0) return [];
        if (all[^1] != '\n') throw new FormatException("its last line is cut off");
        var texts = new List<string>(all.AsSpan().Count('\n'));
        foreach (Range line in all.AsSpan(0, all.Length - 1).Split('\n'))
        {
            string text = all[line];
            texts.Add(text.Contains('\\') ? Unescape(text) : text);
        }
        return texts;
    }

    private static void Escape(string text, StringBuilder lines)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) lines.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c)) lines.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else if (c is '\\' or '\n' or '\r') lines.Append('\\').Append(c switch { '\n' => 'n', '\r' => 'r', _ => c });
            else lines.Append(c);
        }
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\') c = Escaped(text, ref i);
            plain.Append(c);
        }
        return plain.ToString();
    }

    private static char Escaped(string text, ref int i)
    {
        switch (++i < text.Length ? text[i] : '\0')
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case '\\': return '\\';
            case 'u' when i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                i += 4;
                return (char)code;
            default: throw new FormatException($"the line '{text}' has an escape that is not known");
        }
    }
}
