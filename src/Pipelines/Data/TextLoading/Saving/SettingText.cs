using System.Text;

namespace MLPipelines.Data;

/// <summary>
/// Settings as ML.NET writes them: <c>name=value</c>, <c>name+</c> and <c>name-</c> with white space between; a value in braces may hold
/// white space and settings of its own. A backslash escapes quotes, braces and number signs; other backslashes stand for themselves.
/// </summary>
internal static class SettingText
{
    /// <summary>The settings with their values: a value in braces keeps them, and a switch has <c>+</c> or <c>-</c>.</summary>
    /// <exception cref="FormatException">A setting has no value, or braces do not match.</exception>
    internal static List<(string Name, string Value)> Read(string text)
    {
        List<(string, string)> settings = [];
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            int end = text.AsSpan(at).IndexOfAny('=', ' ', '\t') is var found && found < 0 ? text.Length : at + found;
            string name = text[at..end];
            if (end == text.Length || text[end] != '=')
            {
                if (name[^1] is not ('+' or '-')) throw new FormatException($"found '{name}', expected name=value");
                settings.Add((name[..^1], name[^1..]));
                at = end;
                continue;
            }
            at = EndOfValue(text, end + 1);
            settings.Add((name, text[(end + 1)..at]));
        }
        return settings;
    }

    /// <summary>What stands between the braces of a value.</summary>
    internal static string Unwrap(string value) => value.StartsWith('{') ? value[1..^1] : value;

    /// <summary>The text that a value, in braces or not, stands for.</summary>
    internal static string Unescape(string value)
    {
        value = Unwrap(value);
        var text = new StringBuilder(value.Length);
        for (int at = 0; at < value.Length;)
        {
            int slashes = SlashesAt(value, at);
            at += slashes;
            bool escapes = at == value.Length || IsSpecial(value[at]);
            text.Append('\\', escapes ? slashes / 2 : slashes);
            if (at < value.Length) text.Append(value[at++]);
        }
        return text.ToString();
    }

    /// <summary>A text as it stands between braces.</summary>
    internal static string Escape(string text)
    {
        var value = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int slashes = SlashesAt(text, at);
            at += slashes;
            bool escapes = at == text.Length || IsSpecial(text[at]);
            value.Append('\\', escapes ? slashes * 2 : slashes);
            if (at == text.Length) break;
            if (escapes) value.Append('\\');
            value.Append(text[at++]);
        }
        return value.ToString();
    }

    private static int EndOfValue(string text, int start)
    {
        int depth = 0;
        for (int at = start; at < text.Length; at++)
        {
            int slashes = SlashesAt(text, at);
            at += slashes;
            if (at == text.Length) break;
            if (slashes % 2 == 1 && IsSpecial(text[at])) continue;
            if (text[at] == '{') depth++;
            else if (text[at] == '}' && --depth == 0) return at + 1;
            else if (depth == 0 && char.IsWhiteSpace(text[at])) return at;
        }
        return depth == 0 ? text.Length : throw new FormatException($"found '{text[start..]}', expected a closing brace");
    }

    private static bool IsSpecial(char c) => c is '"' or '{' or '}' or '#';

    private static int SlashesAt(string text, int at)
    {
        int count = 0;
        while (at + count < text.Length && text[at + count] == '\\') count++;
        return count;
    }
}
