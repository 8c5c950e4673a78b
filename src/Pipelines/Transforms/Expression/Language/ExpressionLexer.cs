using System.Globalization;
using System.Text;

namespace MLPipelines.Transforms;

/// <summary>Cuts an expression into tokens. Spaces, line ends and comments (<c>//</c> and <c>/* */</c>) lie between them.</summary>
internal sealed class ExpressionLexer(string source)
{
    // Longer signs come before those that they start with.
    private static readonly string[] Signs =
        ["&&", "||", "!=", "==", "=>", "<=", "<>", ">=", "??", "^", "*", "/", "%", "+", "-", "!", "=", "<", ">", ".", ",", ":", ";", "?", "(", ")"];

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "true", "false", "not", "and", "or", "with" };

    private int _at;

    internal static List<ExpressionToken> Read(string source)
    {
        var lexer = new ExpressionLexer(source);
        List<ExpressionToken> tokens = [];
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private char Current => CharAt(_at);

    private char CharAt(int index) => index < source.Length ? source[index] : '\0';

    private ExpressionToken Next()
    {
        SkipSpace();
        int start = _at;
        if (start == source.Length) return new(TokenKind.End, start, "");
        if (char.IsLetter(Current) || Current == '_') return Name(start, isVerbatim: false);
        if (char.IsAsciiDigit(Current) || (Current == '.' && char.IsAsciiDigit(CharAt(start + 1)))) return new(TokenKind.Number, start, "", new NumberLexer(source).Read(ref _at));
        if (Current == '"') return new(TokenKind.Text, start, Quoted());
        if (Current == '@' && CharAt(start + 1) == '"') return new(TokenKind.Text, start, Verbatim());
        if (Current == '@' && (char.IsLetter(CharAt(start + 1)) || CharAt(start + 1) == '_'))
        {
            _at++;
            return Name(start, isVerbatim: true);
        }
        if (Current == '\'') throw new ExpressionError(start, "found a single quotation mark; text is in double ones");
        foreach (string sign in Signs)
        {
            if (string.CompareOrdinal(source, start, sign, 0, sign.Length) != 0) continue;
            _at += sign.Length;
            return new(TokenKind.Sign, start, sign);
        }
        throw new ExpressionError(start, $"'{Current}' has no meaning here");
    }

    private ExpressionToken Name(int start, bool isVerbatim)
    {
        int first = _at;
        while (char.IsLetterOrDigit(Current) || Current == '_') _at++;
        string name = source[first.._at];
        return new(!isVerbatim && Words.Contains(name) ? TokenKind.Sign : TokenKind.Name, start, name);
    }

    private void SkipSpace()
    {
        while (_at < source.Length)
        {
            if (char.IsWhiteSpace(Current)) _at++;
            else if (Current == '/' && CharAt(_at + 1) == '/') SkipTo("\n", isOptional: true);
            else if (Current == '/' && CharAt(_at + 1) == '*') SkipTo("*/", isOptional: false);
            else return;
        }
    }

    private void SkipTo(string end, bool isOptional)
    {
        int found = source.IndexOf(end, _at + 2, StringComparison.Ordinal);
        if (found < 0 && !isOptional) throw new ExpressionError(_at, "the comment has no end");
        _at = found < 0 ? source.Length : found + end.Length;
    }

    private string Verbatim()
    {
        int start = _at;
        var text = new StringBuilder();
        for (_at += 2; _at < source.Length; _at++)
        {
            if (Current == '"' && CharAt(++_at) != '"') return text.ToString();
            text.Append(Current);
        }
        throw new ExpressionError(start, "the text has no end");
    }

    private string Quoted()
    {
        int start = _at++;
        var text = new StringBuilder();
        while (_at < source.Length && Current is not ('\n' or '\r'))
        {
            char c = source[_at++];
            if (c == '"') return text.ToString();
            if (c == '\\') Escape(text);
            else text.Append(c);
        }
        throw new ExpressionError(start, "the text has no end");
    }

    private void Escape(StringBuilder text)
    {
        int start = _at - 1;
        char kind = Current;
        _at++;
        switch (kind)
        {
            case 'n': text.Append('\n'); return;
            case 't': text.Append('\t'); return;
            case 'r': text.Append('\r'); return;
            case '0': text.Append('\0'); return;
            case 'a': text.Append('\a'); return;
            case 'b': text.Append('\b'); return;
            case 'f': text.Append('\f'); return;
            case 'v': text.Append('\v'); return;
            case '\\' or '"' or '\'': text.Append(kind); return;
        }
        int most = kind switch { 'u' or 'x' or 'X' => 4, 'U' => 8, _ => 0 }, first = _at;
        while (_at - first < most && char.IsAsciiHexDigit(Current)) _at++;
        bool isComplete = _at > first && (kind is 'x' or 'X' || _at - first == most);
        if (!isComplete || !uint.TryParse(source.AsSpan(first, _at - first), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint code) || code > 0x10FFFF)
            throw new ExpressionError(start, "unknown escape sequence; \\\\ stands for one backslash");
        if (Rune.TryCreate(code, out Rune rune)) text.Append(rune.ToString());
        else text.Append((char)code);
    }
}
