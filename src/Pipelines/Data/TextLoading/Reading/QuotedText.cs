namespace MLPipelines.Data;

/// <summary>Makes the text that stands between quotes plain, in memory that it uses again.</summary>
internal sealed class QuotedText(char escape)
{
    private char[] _plain = [];

    /// <summary>The text between two quotes, each escaped quote in it made one; valid until the next call.</summary>
    internal ReadOnlySpan<char> Unescape(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf(escape);
        if (at < 0) return text;
        if (_plain.Length < text.Length) _plain = new char[Math.Max(256, text.Length * 2)];
        Span<char> plain = _plain;
        int length = 0;
        while (at >= 0)
        {
            // The escape goes when a quote follows, and the quote stays whatever it is.
            bool escapes = at + 1 < text.Length && text[at + 1] == '"';
            text[..(escapes ? at : at + 1)].CopyTo(plain[length..]);
            length += escapes ? at : at + 1;
            text = text[(at + 1)..];
            if (text.Length > 0)
            {
                plain[length++] = text[0];
                text = text[1..];
            }
            at = text.IndexOf(escape);
        }
        text.CopyTo(plain[length..]);
        return plain[..(length + text.Length)];
    }
}
