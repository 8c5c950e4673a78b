namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text into tokens. An implementation is immutable and safe to use from many threads, and allocates nothing per text.
/// Models that use it are saved with its <see cref="TypeId"/> and settings; <see cref="TextTokenizers"/> finds it again.
/// </summary>
public interface ITextTokenizer
{
    /// <summary>The name of the kind of tokenizer in model files, such as <c>unicode</c>.</summary>
    string TypeId { get; }

    /// <summary>
    /// The text in the form that tokens are cut from, such as one Unicode normalization form and lower case. The result lies in
    /// <paramref name="buffer"/>, which may be replaced by a larger one, or is the text itself.
    /// </summary>
    ReadOnlySpan<char> Prepare(ReadOnlySpan<char> text, scoped ref char[] buffer) => text;

    /// <summary>Adds the place of every token of a prepared text, from the first to the last.</summary>
    void Tokenize(ReadOnlySpan<char> text, TokenRanges tokens);

    /// <summary>Writes the settings that a loader needs to make an equal tokenizer.</summary>
    void Save(ModelStepWriter writer) { }
}

/// <summary>Where a token lies in its text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Length">How many UTF-16 characters it has; at least 1.</param>
public readonly record struct TokenRange(int Start, int Length);

/// <summary>A list of token places that is filled again and again.</summary>
public sealed class TokenRanges
{
    private TokenRange[] _ranges = new TokenRange[32];

    public int Count { get; private set; }

    public TokenRange this[int index] => AsSpan()[index];

    public ReadOnlySpan<TokenRange> AsSpan() => _ranges.AsSpan(0, Count);

    public void Add(int start, int length)
    {
        if (Count == _ranges.Length) Array.Resize(ref _ranges, Count * 2);
        _ranges[Count++] = new TokenRange(start, length);
    }

    public void Clear() => Count = 0;

    /// <summary>Moves the tokens from an index on by some characters: from places in a part to places in the whole.</summary>
    internal void Shift(int from, int offset)
    {
        if (offset == 0) return;
        for (int i = from; i < Count; i++) _ranges[i] = new TokenRange(_ranges[i].Start + offset, _ranges[i].Length);
    }

    /// <summary>Keeps only the first tokens.</summary>
    internal void Truncate(int count) => Count = count;

    internal void Set(int index, TokenRange range) => _ranges[index] = range;
}
