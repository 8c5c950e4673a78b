using System.Text;

namespace MLPipelines.Architecture.Tests;

/// <summary>
/// C# source with comments and literals blanked out; every other character stays where it was. Code within interpolated strings
/// is code and stays.
/// </summary>
internal sealed class CodeText
{
    private readonly string _source;
    private readonly StringBuilder _code;
    private int _at;

    private CodeText(string source) => (_source, _code) = (source, new StringBuilder(source));

    internal static string Of(string source)
    {
        var text = new CodeText(source);
        while (text._at < source.Length) text.Code(inHole: false);
        return text._code.ToString();
    }

    /// <summary>Reads code up to the end, or up to the brace that ends a hole of an interpolated string.</summary>
    private void Code(bool inHole)
    {
        int depth = 0;
        while (_at < _source.Length)
        {
            char c = _source[_at];
            if (Starts("//")) BlankTo(IndexOrEnd("\n", _at));
            else if (Starts("/*")) BlankTo(IndexOrEnd("*/", _at + 2) + 2);
            else if (c == '\'') Character();
            else if (c is '"' or '$' or '@' && QuoteFollows()) Text();
            else
            {
                if (c == '{') depth++;
                if (c == '}' && depth-- == 0 && inHole) return;
                _at++;
            }
        }
    }

    private void Character()
    {
        int end = _at + 1;
        while (_source[end] != '\'') end += _source[end] == '\\' ? 2 : 1;
        BlankTo(end + 1);
    }

    private void Text()
    {
        int dollars = 0;
        bool verbatim = false;
        for (; _source[_at] is '$' or '@'; BlankTo(_at + 1))
        {
            if (_source[_at] == '$') dollars++;
            else verbatim = true;
        }
        int quotes = Run('"');
        if (quotes == 2)
        {
            BlankTo(_at + 2);
            return;
        }
        bool raw = quotes >= 3;
        BlankTo(_at + quotes);
        while (_at < _source.Length)
        {
            char c = _source[_at];
            if (c == '"' && raw)
            {
                int run = Run('"');
                BlankTo(_at + run);
                if (run >= quotes) return;
            }
            else if (c == '"')
            {
                bool doubled = verbatim && Starts("\"\"");
                BlankTo(_at + (doubled ? 2 : 1));
                if (!doubled) return;
            }
            else if (c == '{' && dollars > 0) Brace(raw, dollars);
            else BlankTo(_at + (c == '\\' && !raw && !verbatim ? 2 : 1));
        }
    }

    /// <summary>Braces within an interpolated string: text where they are doubled, else code up to the closing brace.</summary>
    private void Brace(bool raw, int dollars)
    {
        int run = Run('{');
        BlankTo(_at + run);
        if (raw ? run < dollars : run % 2 == 0) return;
        Code(inHole: true);
        BlankTo(_at + (raw ? dollars : 1));
    }

    private bool QuoteFollows()
    {
        int i = _at;
        while (i < _source.Length && _source[i] is '$' or '@') i++;
        return i < _source.Length && _source[i] == '"';
    }

    private bool Starts(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;

    private int IndexOrEnd(string text, int start)
    {
        int index = _source.IndexOf(text, start, StringComparison.Ordinal);
        return index < 0 ? _source.Length : index;
    }

    private int Run(char c)
    {
        int end = _at;
        while (end < _source.Length && _source[end] == c) end++;
        return end - _at;
    }

    private void BlankTo(int end)
    {
        for (end = Math.Min(end, _source.Length); _at < end; _at++)
            if (_source[_at] is not ('\r' or '\n')) _code[_at] = ' ';
    }
}
