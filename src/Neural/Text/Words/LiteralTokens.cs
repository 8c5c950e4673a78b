using System.Buffers;

namespace MLPipelines.Tokenizers;

/// <summary>Tokens that are looked for in a text before it is divided into words. Where several begin at one place, the longest is taken.</summary>
internal sealed class LiteralTokens
{
    private readonly (string Text, int Id)[] _tokens;
    private readonly SearchValues<string> _search;

    internal LiteralTokens(IEnumerable<(string Text, int Id)> tokens)
    {
        _tokens = [.. tokens.OrderByDescending(token => token.Text.Length).ThenBy(token => token.Id)];
        _search = SearchValues.Create([.. _tokens.Select(token => token.Text)], StringComparison.Ordinal);
    }

    internal IEnumerable<(string Text, int Id)> All => _tokens;

    internal bool Contains(int id) => Array.Exists(_tokens, token => token.Id == id);

    /// <summary>Where the next one starts, from a place on; the end of the text if there is none.</summary>
    internal int Next(ReadOnlySpan<char> text, int from, out int length, out int id)
    {
        int at = text[from..].IndexOfAny(_search);
        if (at >= 0)
        {
            foreach ((string token, int number) in _tokens)
            {
                if (!text[(from + at)..].StartsWith(token)) continue;
                (length, id) = (token.Length, number);
                return from + at;
            }
        }
        (length, id) = (0, -1);
        return text.Length;
    }
}
