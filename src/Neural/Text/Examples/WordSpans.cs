namespace MLPipelines.Neural.Text;

/// <summary>The words of a text: what stands between white space.</summary>
internal static class WordSpans
{
    /// <summary>How many words there are.</summary>
    internal static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int at = 0; TryNext(text, ref at, out _); count++) { }
        return count;
    }

    /// <summary>Goes to the next word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to look from; then the character after the word.</param>
    /// <param name="start">Its first character.</param>
    internal static bool TryNext(ReadOnlySpan<char> text, ref int at, out int start)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return at > start;
    }

    /// <summary>The word, from 0, of each token of a text; -1 for tokens of white space alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="starts">The first character of each token.</param>
    /// <param name="ends">The character after the last of each.</param>
    /// <param name="words">Where the words go.</param>
    internal static void Align(ReadOnlySpan<char> text, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<int> words)
    {
        int word = 0, end = 0;
        bool isThere = TryNext(text, ref end, out _);
        for (int token = 0; token < starts.Length; token++)
        {
            // The space before a word belongs to its first token in some vocabularies.
            int first = starts[token];
            while (first < ends[token] && char.IsWhiteSpace(text[first])) first++;
            while (isThere && first >= end)
            {
                isThere = TryNext(text, ref end, out _);
                word++;
            }
            words[token] = isThere && first < ends[token] ? word : -1;
        }
    }
}
