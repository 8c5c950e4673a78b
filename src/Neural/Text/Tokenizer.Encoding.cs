namespace MLPipelines.Tokenizers;

/// <content>Encoding into lists of one's own, in ML.NET's names.</content>
public abstract partial class Tokenizer
{
    /// <summary>The numbers of a text's tokens.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<int> EncodeToIds(string text) => Encode(text, int.MaxValue).Ids.ToArray();

    /// <inheritdoc cref="EncodeToIds(string)"/>
    public IReadOnlyList<int> EncodeToIds(ReadOnlySpan<char> text) => Encode(text, int.MaxValue).Ids.ToArray();

    /// <summary>The numbers of a text's first tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokenCount">How many at most.</param>
    /// <param name="normalizedText">Always <see langword="null"/>: places are those of the text as it was given.</param>
    /// <param name="charsConsumed">How much of the text they stand for, in UTF-16 units. A character is not taken in part.</param>
    public IReadOnlyList<int> EncodeToIds(string text, int maxTokenCount, out string? normalizedText, out int charsConsumed)
    {
        normalizedText = null;
        return First(text, maxTokenCount, out charsConsumed).Ids.ToArray();
    }

    /// <summary>The tokens of a text and where they stand in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="normalizedText">Always <see langword="null"/>: places are those of the text as it was given.</param>
    public IReadOnlyList<EncodedToken> EncodeToTokens(string text, out string? normalizedText)
    {
        normalizedText = null;
        TokenList tokens = Encode(text, int.MaxValue);
        var list = new EncodedToken[tokens.Count];
        for (int i = 0; i < list.Length; i++) list[i] = new EncodedToken(tokens.Ids[i], TokenOf(tokens.Ids[i]), tokens.Starts[i]..tokens.Ends[i]);
        return list;
    }

    /// <summary>How many tokens a text has.</summary>
    /// <param name="text">The text.</param>
    public int CountTokens(string text) => Encode(text, int.MaxValue).Count;

    /// <inheritdoc cref="CountTokens(string)"/>
    public int CountTokens(ReadOnlySpan<char> text) => Encode(text, int.MaxValue).Count;

    /// <summary>Where to cut a text so that what is before has no more than a number of tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokenCount">How many at most.</param>
    /// <param name="normalizedText">Always <see langword="null"/>: places are those of the text as it was given.</param>
    /// <param name="tokenCount">How many it has.</param>
    /// <returns>The place; the length of the text if all of it may stay.</returns>
    public int GetIndexByTokenCount(string text, int maxTokenCount, out string? normalizedText, out int tokenCount)
    {
        normalizedText = null;
        tokenCount = First(text, maxTokenCount, out int index).Count;
        return index;
    }

    /// <summary>Where to cut a text so that what is after has no more than a number of tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokenCount">How many at most.</param>
    /// <param name="normalizedText">Always <see langword="null"/>: places are those of the text as it was given.</param>
    /// <param name="tokenCount">How many it has.</param>
    /// <returns>The place; 0 if all of it may stay.</returns>
    public int GetIndexByTokenCountFromEnd(string text, int maxTokenCount, out string? normalizedText, out int tokenCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokenCount, 1);
        normalizedText = null;
        TokenList tokens = Encode(text, int.MaxValue);
        int first = Math.Max(0, tokens.Count - maxTokenCount), index = first == 0 ? 0 : tokens.Ends[first - 1];
        while (first < tokens.Count && tokens.Starts[first] < index) first++;
        tokenCount = tokens.Count - first;
        return index;
    }

    private TokenList First(string text, int maxTokenCount, out int charsConsumed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokenCount, 1);
        TokenList tokens = Encode(text, maxTokenCount == int.MaxValue ? maxTokenCount : maxTokenCount + 1);
        charsConsumed = text.Length;
        if (tokens.Count <= maxTokenCount) return tokens;
        charsConsumed = tokens.Starts[maxTokenCount];
        int count = maxTokenCount;
        while (count > 0 && tokens.Ends[count - 1] > charsConsumed) count--;
        tokens.Truncate(count);
        return tokens;
    }

    private TokenList Encode(string text, int maxTokenCount)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode(text.AsSpan(), maxTokenCount);
    }

    private TokenList Encode(ReadOnlySpan<char> text, int maxTokenCount)
    {
        var tokens = new TokenList();
        Encode(text, tokens, maxTokenCount);
        return tokens;
    }
}
