using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>Learns a byte-level vocabulary.</summary>
internal static class BpeTraining
{
    internal static BpeTokenizer Train(IEnumerable<string> texts, TokenizerTrainingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        TermMap terms = options.Begin(SpecialTokens.OfRoberta);
        int special = terms.Count;
        // Bytes in the order of their characters, as other libraries number them.
        foreach (char c in Enumerable.Range(0, 256).Select(value => ByteAlphabet.CharOf((byte)value)).Order()) BpeFiles.Add(terms, c.ToString(), "the special tokens and bytes");
        if (options.VocabularySize < terms.Count)
            throw new ArgumentException($"A vocabulary of {options.VocabularySize} tokens is too small: there are {special} special tokens and 256 bytes.", nameof(options));

        var merging = new PairMerging();
        var symbols = new List<int>();
        Span<byte> bytes = stackalloc byte[4];
        foreach ((string word, long count) in Count(texts, cancellationToken).InOrder())
        {
            symbols.Clear();
            for (int at = 0, units; at < word.Length; at += units)
            {
                int length = Wtf8.Encode(word.AsSpan(at), bytes, out units);
                foreach (byte value in bytes[..length]) symbols.Add((int)terms.Find([ByteAlphabet.CharOf(value)]) - 1);
            }
            merging.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(symbols), count);
        }
        List<(int, int)> merges = merging.Run(options.MinimumFrequency, (left, right) =>
        {
            int merged = (int)terms.GetOrAdd(string.Concat(terms[(uint)left + 1], terms[(uint)right + 1])) - 1;
            return merged < special ? -1 : merged;
        }, () => terms.Count >= options.VocabularySize, cancellationToken);
        return new BpeTokenizer(terms, [.. merges], Enumerable.Range(0, special), []);
    }

    private static WordCounts Count(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var counts = new WordCounts();
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int at = 0, end; at < text.Length; at = end)
            {
                end = Gpt2Words.EndOf(text, at);
                counts.Add(text.AsSpan(at, end - at));
            }
        }
        return counts;
    }
}
