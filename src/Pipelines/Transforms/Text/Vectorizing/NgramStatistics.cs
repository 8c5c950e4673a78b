using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// The n-grams that enough texts of a collection have, and in how many texts each occurs. Blocks of texts are counted side by side; the
/// result does not depend on the number of threads.
/// </summary>
internal sealed class NgramStatistics
{
    private const int TextsPerBlock = 1024;

    private readonly TextColumn _texts;
    private readonly NgramView[] _views;
    private readonly GrowingArray<NgramOrigin> _origins = new();
    private readonly GrowingArray<int> _documentCounts = new();
    private readonly int _minimumDocumentCount;
    private readonly NgramCounts[] _blocks;
    private readonly int[][] _globalOfLocal;

    private NgramStatistics(TextColumn texts, NgramView[] views, int minimumDocumentCount, CancellationToken cancellation)
    {
        (_texts, _views, _minimumDocumentCount) = (texts, views, minimumDocumentCount);
        _blocks = new NgramCounts[(texts.RowCount + TextsPerBlock - 1) / TextsPerBlock];
        _globalOfLocal = new int[_blocks.Length][];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        NgramSketch? sketch = NgramSketch.Of(texts, views, minimumDocumentCount, parallel);
        Parallel.For(0, _blocks.Length, parallel, block =>
        {
            int first = block * TextsPerBlock;
            _blocks[block] = NgramCounts.Count(texts, first, Math.Min(first + TextsPerBlock, texts.RowCount), views, sketch, cancellation);
        });
        Merge();
    }

    /// <summary>The n-grams in enough texts; where there are none but those that all texts have, as among a few texts, all n-grams.</summary>
    internal static NgramStatistics OfAny(TextColumn texts, NgramView[] views, int minimumDocumentCount, CancellationToken cancellation)
    {
        var statistics = new NgramStatistics(texts, views, minimumDocumentCount, cancellation);
        bool tellsApart = minimumDocumentCount < texts.RowCount && statistics._documentCounts.Span.ContainsAnyInRange(minimumDocumentCount, texts.RowCount - 1);
        return minimumDocumentCount == 1 || tellsApart ? statistics
            : new NgramStatistics(texts, views, 1, cancellation);
    }

    internal int TextCount => _texts.RowCount;

    internal NgramView[] Views => _views;

    /// <summary>In how many texts an n-gram occurs.</summary>
    internal int DocumentCount(int ngram) => _documentCounts[ngram];

    private void Merge()
    {
        var table = new NgramTable(_blocks.Length > 0 ? _blocks[0].Hashes.Count * 2 : 16);
        for (int b = 0; b < _blocks.Length; b++)
        {
            NgramCounts block = _blocks[b];
            int[] global = _globalOfLocal[b] = new int[block.Hashes.Count];
            for (int local = 0; local < global.Length; local++)
            {
                global[local] = table.FindOrAdd(block.Hashes[local], out bool added);
                if (!added) continue;
                _origins.Add(block.Origins[local]);
                _documentCounts.Add(0);
            }
            foreach (int local in block.Ngrams.Span) _documentCounts[global[local]]++;
        }
    }

    /// <summary>
    /// The n-grams to keep: the most frequent if there are too many; by view, the most frequent first, so that
    /// what is used together lies together in memory. First occurrence decides between n-grams that are in as many texts.
    /// </summary>
    internal int[] Select(int maximumCount)
    {
        int[] kept = new int[_origins.Count];
        int count = 0;
        for (int ngram = 0; ngram < kept.Length; ngram++)
            if (_documentCounts[ngram] >= _minimumDocumentCount) kept[count++] = ngram;
        kept = ByKey(kept[..count], ngram => TextCount - _documentCounts[ngram], TextCount);
        return ByKey(kept[..Math.Min(count, maximumCount)], ngram => _origins[ngram].View, _views.Length);
    }

    /// <summary>Sorts by a small number, keeping the order of those that have the same.</summary>
    private static int[] ByKey(int[] items, Func<int, int> key, int keyCount)
    {
        int[] next = new int[keyCount + 2];
        foreach (int item in items) next[key(item) + 1]++;
        for (int i = 1; i < next.Length; i++) next[i] += next[i - 1];
        int[] sorted = new int[items.Length];
        foreach (int item in items) sorted[next[key(item)]++] = item;
        return sorted;
    }

    /// <summary>The n-grams as text, by view.</summary>
    internal string[][] TermsOf(int[] ngrams)
    {
        string[] terms = new string[ngrams.Length];
        char[] buffer = [];
        ReadOnlySpan<char> folded = default;
        // In the order of the texts, so that each text is folded once.
        int[] places = ByKey([.. Enumerable.Range(0, ngrams.Length)], place => _origins[ngrams[place]].Row, TextCount);
        int row = -1;
        foreach (int place in places)
        {
            NgramOrigin origin = _origins[ngrams[place]];
            if (origin.Row != row) folded = NgramFolding.Fold(_texts[row = origin.Row], ref buffer);
            terms[place] = NgramExtractor.TextOf(folded, _views[origin.View], origin.Start, origin.End);
        }
        return [.. _views.Select((_, view) => terms.Where((_, place) => _origins[ngrams[place]].View == view).ToArray())];
    }

    /// <summary>
    /// How often each text has each of some n-grams, which become features in the order given. Takes the counts with it, which need
    /// much memory: it can be called once.
    /// </summary>
    internal NgramMatrix ToMatrix(int[] ngrams)
    {
        int[] placeOf = new int[_origins.Count];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < ngrams.Length; place++) placeOf[ngrams[place]] = place;

        long[] starts = new long[TextCount + 1];
        long stored = 0;
        foreach (int ngram in ngrams) stored += _documentCounts[ngram];
        int[] features = new int[stored], counts = new int[stored];
        long at = 0;
        int row = 0;
        for (int b = 0; b < _blocks.Length; b++)
        {
            NgramCounts block = _blocks[b];
            _blocks[b] = null!;
            int from = 0;
            foreach (int end in block.Ends.Span)
            {
                for (; from < end; from++)
                {
                    int place = placeOf[_globalOfLocal[b][block.Ngrams[from]]];
                    if (place < 0) continue;
                    features[at] = place;
                    counts[at++] = block.Counts[from];
                }
                starts[++row] = at;
            }
        }
        int[] viewEnds = [.. _views.Select((_, view) => Array.FindLastIndex(ngrams, ngram => _origins[ngram].View <= view) + 1)];
        return new NgramMatrix(starts, features, counts, viewEnds);
    }
}
