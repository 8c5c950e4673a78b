namespace MLPipelines.Transforms.Text;

/// <summary>Words to leave out, compared in lower case.</summary>
internal sealed class StopWordSet
{
    private readonly TermMap _words = new();
    private readonly int _longest;

    internal StopWordSet(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            string lower = word.Trim(' ').ToLowerInvariant();
            if (lower.Length == 0) continue;
            _words.GetOrAdd(lower);
            _longest = Math.Max(_longest, lower.Length);
        }
    }

    internal bool Contains(ReadOnlySpan<char> token)
    {
        if (token.Length > _longest) return false;
        Span<char> lower = token.Length <= 128 ? stackalloc char[token.Length] : new char[token.Length];
        for (int i = 0; i < token.Length; i++) lower[i] = char.ToLowerInvariant(token[i]);
        return _words.Find(lower) != 0;
    }

    /// <summary>The words, in lower case.</summary>
    internal string[] ToArray() => [.. Enumerable.Range(1, _words.Count).Select(key => _words[(uint)key].ToString())];
}
