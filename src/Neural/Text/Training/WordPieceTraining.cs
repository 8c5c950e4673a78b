using System.Text;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Learns word pieces by merging the most frequent pair of neighbours, as Hugging Face's trainer does (the original chose by likelihood; its trainer was
/// never published).
/// </summary>
internal static class WordPieceTraining
{
    internal static BertTokenizer Train(IEnumerable<string> texts, TokenizerTrainingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        TermMap terms = options.Begin(SpecialTokens.OfBert);
        int special = terms.Count;
        var normalization = BasicTokenization.OfBert(options.LowerCase);
        KeyValuePair<string, long>[] words = [.. Count(texts, normalization, cancellationToken).InOrder()];

        foreach (string piece in Alphabet(words, options, special)) BpeFiles.Add(terms, piece, "the special tokens and characters");
        if (options.VocabularySize < terms.Count || terms.Count == special)
        {
            throw new ArgumentException(terms.Count == special ? "The texts have no words."
                : $"A vocabulary of {options.VocabularySize} tokens is too small: there are {special} special tokens and the most frequent characters of the texts.", nameof(options));
        }
        var merging = new PairMerging();
        var symbols = new List<int>();
        foreach ((string word, long count) in words)
        {
            symbols.Clear();
            foreach (string piece in PiecesOf(word))
                if (terms.Find(piece) is > 0 and var key) symbols.Add((int)key - 1);
            merging.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(symbols), count);
        }
        merging.Run(options.MinimumFrequency, (left, right) =>
        {
            int merged = (int)terms.GetOrAdd(string.Concat(terms[(uint)left + 1], terms[(uint)right + 1][WordPieceTokenizer.UsualPrefix.Length..])) - 1;
            return merged < special ? -1 : merged;
        }, () => terms.Count >= options.VocabularySize, cancellationToken);
        return new BertTokenizer(terms, normalization, new BertOptions { SplitOnSpecialTokens = false }, Enumerable.Range(0, special));
    }

    private static WordCounts Count(IEnumerable<string> texts, BasicTokenization normalization, CancellationToken cancellationToken)
    {
        var (counts, word) = (new WordCounts(), new NormalizedWord(prefix: 0));
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int at = 0; normalization.Next(text, ref at, word);) counts.Add(word.Text);
        }
        return counts;
    }

    /// <summary>The characters that begin words and those inside, each kind in its order; the rare ones are left out, and so are more than half a vocabulary.</summary>
    private static IEnumerable<string> Alphabet(KeyValuePair<string, long>[] words, TokenizerTrainingOptions options, int special)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string word, long count) in words)
            foreach (string piece in PiecesOf(word)) counts[piece] = counts.GetValueOrDefault(piece) + count;
        return counts.Where(pair => pair.Value >= options.MinimumFrequency)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(Math.Max((options.VocabularySize - special) / 2, 0)).Select(pair => pair.Key)
            .OrderBy(piece => IsInside(piece)).ThenBy(piece => piece, StringComparer.Ordinal);
    }

    private static bool IsInside(string piece) => piece.Length > WordPieceTokenizer.UsualPrefix.Length && piece.StartsWith(WordPieceTokenizer.UsualPrefix, StringComparison.Ordinal);

    private static IEnumerable<string> PiecesOf(string word)
    {
        bool isFirst = true;
        foreach (Rune rune in word.EnumerateRunes())
        {
            yield return isFirst ? rune.ToString() : WordPieceTokenizer.UsualPrefix + rune;
            isFirst = false;
        }
    }
}
