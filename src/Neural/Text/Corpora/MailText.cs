namespace MLPipelines.Neural.Text;

/// <summary>Mail and news as files: what their writers wrote, without the lines for machines and without what they quote.</summary>
internal static class MailText
{
    /// <summary>The text without headers and quotations, if it begins with headers as RFC 5322 has them; otherwise the text.</summary>
    internal static string BodyOf(string text)
    {
        int lines = 0, at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            ReadOnlySpan<char> line = text.AsSpan(at, end - at).TrimEnd('\r');
            at = Math.Min(end + 1, text.Length);
            if (line.IsEmpty) break;
            // A header may go on on lines that are indented.
            if (!(IsHeader(line) || (lines > 0 && line[0] is ' ' or '\t'))) return text;
            lines++;
        }
        if (lines < 2) return text;
        return string.Join('\n', text[at..].Split('\n').Where(line => !IsQuotation(line)));
    }

    private static bool IsHeader(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0) return false;
        foreach (char c in line[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return true;
    }

    private static bool IsQuotation(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim();
        return text.StartsWith(">") || text.StartsWith("|") || text.EndsWith("writes:") || text.EndsWith("wrote:");
    }
}
