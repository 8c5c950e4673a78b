using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>
/// A corpus as tokens: sequences with a start and an end, none longer than a network takes. A text that is longer is cut into pieces of about the same length.
/// All tokens lie in one array.
/// </summary>
internal sealed class TokenCorpus
{
    private readonly int[] _ids;
    private readonly int[] _starts;
    private readonly int[] _texts;

    private TokenCorpus(int[] ids, int[] starts, int[] texts)
    {
        (_ids, _starts, _texts) = (ids, starts, texts);
        Lengths = new int[starts.Length - 1];
        for (int i = 0; i < Lengths.Length; i++) Lengths[i] = starts[i + 1] - starts[i];
    }

    /// <summary>The length of each sequence.</summary>
    internal int[] Lengths { get; }

    internal int Count => Lengths.Length;

    /// <summary>All tokens, special ones among them.</summary>
    internal ReadOnlySpan<int> Ids => _ids;

    internal ReadOnlySpan<int> this[int sequence] => _ids.AsSpan(_starts[sequence].._starts[sequence + 1]);

    /// <summary>Which text a sequence is of.</summary>
    internal int TextOf(int sequence) => _texts[sequence];

    /// <param name="texts">The texts.</param>
    /// <param name="tokenizer">Divides them.</param>
    /// <param name="maxTokens">The most tokens of a sequence, its start and end among them.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static TokenCorpus Of(IReadOnlyList<string> texts, Tokenizer tokenizer, int maxTokens, CancellationToken cancellation = default)
    {
        (int? start, int? end) = (tokenizer.SpecialTokens.Start, tokenizer.SpecialTokens.End);
        int room = maxTokens - (start is null ? 0 : 1) - (end is null ? 0 : 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1, nameof(maxTokens));
        List<int> ids = [], starts = [0], origins = [];
        var tokens = new TokenList();
        for (int text = 0; text < texts.Count; text++)
        {
            cancellation.ThrowIfCancellationRequested();
            tokens.Clear();
            tokenizer.Encode(texts[text], tokens);
            int pieces = (tokens.Count + room - 1) / room;
            for (int piece = 0; piece < pieces; piece++)
            {
                int from = (int)((long)tokens.Count * piece / pieces), to = (int)((long)tokens.Count * (piece + 1) / pieces);
                if (start is { } first) ids.Add(first);
                ids.AddRange(tokens.Ids[from..to]);
                if (end is { } last) ids.Add(last);
                starts.Add(ids.Count);
                origins.Add(text);
            }
        }
        return new TokenCorpus([.. ids], [.. starts], [.. origins]);
    }
}
