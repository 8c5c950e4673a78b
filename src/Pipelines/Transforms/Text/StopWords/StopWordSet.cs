namespace MLPipelines.Transforms.Text;

/// <summary>Words to leave out, compared in lower case; a curved apostrophe is a straight one.</summary>
internal sealed class StopWordSet
{
    private readonly TermMap _words = new();
    private readonly int _longest;

    internal StopWordSet(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            string folded = string.Concat(word.Trim(' ').Select(Fold));
            if (folded.Length == 0) continue;
            _words.GetOrAdd(folded);
            _longest = Math.Max(_longest, folded.Length);
        }
    }

    internal bool Contains(ReadOnlySpan<char> token)
    {
        if (token.Length > _longest) return false;
        Span<char> folded = token.Length <= 128 ? stackalloc char[token.Length] : new char[token.Length];
        for (int i = 0; i < token.Length; i++) folded[i] = Fold(token[i]);
        return _words.Find(folded) != 0;
    }

    /// <summary>The words, in lower case.</summary>
    internal string[] ToArray() => [.. Enumerable.Range(1, _words.Count).Select(key => _words[(uint)key].ToString())];

    /// <summary>The words, and the forms that they take in text that was normalized before it was cut into words.</summary>
    internal StopWordSet AsIn(NormalizerSettings normalizer, ITextTokenizer tokenizer)
    {
        string[] words = ToArray();
        return new StopWordSet([.. words, .. words.Select(word => Normalized(word, CharNormalizer.For(normalizer), tokenizer))]);
    }

    private static string Normalized(string word, CharNormalizer normalizer, ITextTokenizer tokenizer)
    {
        Span<char> changed = new char[word.Length];
        char[] buffer = [];
        return tokenizer.Prepare(changed[..normalizer.Normalize(word, changed)], ref buffer).ToString();
    }

    private static char Fold(char c) => c == '\u2019' ? '\'' : char.ToLowerInvariant(c);
}
