namespace MLPipelines.Tokenizers;

/// <summary>
/// Words whose tokens are known. A word that finds no free place is not kept, so that memory has a bound and a cache that is full allocates nothing; what
/// comes first stays, which are the frequent words. Any number of threads may read and add.
/// </summary>
internal sealed class WordCache
{
    internal const int LongestWord = 48;
    private const int Size = 1 << 14, Tries = 4;

    private readonly WordTokens?[] _places = new WordTokens?[Size];

    internal WordTokens? Find(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord) return null;
        int hash = string.GetHashCode(word, StringComparison.Ordinal);
        for (int i = 0; i < Tries; i++)
        {
            WordTokens? found = Volatile.Read(ref _places[(hash + i) & (Size - 1)]);
            if (found is null) return null;
            if (word.SequenceEqual(found.Word)) return found;
        }
        return null;
    }

    internal void Add(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (word.Length > LongestWord) return;
        int hash = string.GetHashCode(word, StringComparison.Ordinal);
        for (int i = 0; i < Tries; i++)
        {
            ref WordTokens? place = ref _places[(hash + i) & (Size - 1)];
            if (Volatile.Read(ref place) is not null) continue;
            Interlocked.CompareExchange(ref place, new WordTokens(word.ToString(), tokens.Ids.ToArray(), tokens.Starts.ToArray(), tokens.Ends.ToArray()), null);
            return;
        }
    }
}

/// <summary>The tokens of a word, with offsets in the word.</summary>
internal sealed record WordTokens(string Word, int[] Ids, int[] Starts, int[] Ends);
