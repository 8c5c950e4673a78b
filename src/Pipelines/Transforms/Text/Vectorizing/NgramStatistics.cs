using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// In how many texts each n-gram of a collection occurs, and which texts those are. Blocks of texts are counted side by side;
/// the result does not depend on the number of threads.
/// </summary>
internal sealed class NgramStatistics
{
    private const int TextsPerBlock = 2048;

    private readonly TextColumn _texts;
    private readonly NgramView[] _views;
    private readonly List<NgramOrigin> _origins = [];
    private readonly List<int> _documentCounts = [];
    private readonly NgramCounts[] _blocks;
    private readonly int[][] _globalOfLocal;

    internal NgramStatistics(TextColumn texts, NgramView[] views, CancellationToken cancellation)
    {
        (_texts, _views) = (texts, views);
        _blocks = new NgramCounts[(texts.RowCount + TextsPerBlock - 1) / TextsPerBlock];
        _globalOfLocal = new int[_blocks.Length][];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, _blocks.Length, parallel, block =>
        {
            int first = block * TextsPerBlock;
            _blocks[block] = NgramCounts.Count(texts, first..Math.Min(first + TextsPerBlock, texts.RowCount), views, cancellation);
        });
        Merge();
    }

    internal int TextCount => _texts.RowCount;

    /// <summary>In how many texts each n-gram occurs.</summary>
    internal IReadOnlyList<int> DocumentCounts => _documentCounts;

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
            foreach (int local in block.Ngrams) _documentCounts[global[local]]++;
        }
    }

    /// <summary>
    /// The n-grams to keep: in enough texts, the most frequent if there are too many; by view, the most frequent first, so that
    /// what is used together lies together in memory.
    /// </summary>
    internal int[] Select(int minimumDocumentCount, int maximumCount)
    {
        int[] kept = [.. Enumerable.Range(0, _origins.Count).Where(ngram => _documentCounts[ngram] >= minimumDocumentCount)];
        if (kept.Length == 0) kept = [.. Enumerable.Range(0, _origins.Count)];
        // First occurrence decides between n-grams that are in as many texts.
        Array.Sort(kept, (a, b) => _documentCounts[b] != _documentCounts[a] ? _documentCounts[b].CompareTo(_documentCounts[a]) : a.CompareTo(b));
        if (kept.Length > maximumCount) kept = kept[..maximumCount];
        return [.. kept.OrderBy(ngram => _origins[ngram].View)];
    }

    /// <summary>The n-grams as text, by view.</summary>
    internal string[][] TermsOf(int[] ngrams)
    {
        string[] terms = new string[ngrams.Length];
        char[] folded = [];
        // In the order of the texts, so that each text is folded once.
        int[] places = [.. Enumerable.Range(0, ngrams.Length).OrderBy(place => _origins[ngrams[place]].Row)];
        int row = -1;
        foreach (int place in places)
        {
            NgramOrigin origin = _origins[ngrams[place]];
            if (origin.Row != row)
            {
                ReadOnlySpan<char> text = _texts[row = origin.Row];
                if (folded.Length < NgramFolding.MaximumLength(text.Length)) folded = new char[NgramFolding.MaximumLength(text.Length)];
                NgramFolding.Fold(text, folded);
            }
            terms[place] = NgramExtractor.TextOf(folded, _views[origin.View].Unit, origin.Start, origin.End);
        }
        return [.. _views.Select((_, view) => terms.Where((_, place) => _origins[ngrams[place]].View == view).ToArray())];
    }

    /// <summary>The entropy of the label given each n-gram, relative to what a label that has nothing to do with it would give.</summary>
    internal float[] LabelEntropies(int[] ngrams, ReadOnlySpan<int> labels, int labelCount)
    {
        int[] placeOf = new int[_origins.Count];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < ngrams.Length; place++) placeOf[ngrams[place]] = place;

        // The labels of the texts that have each n-gram, n-gram after n-gram.
        long[] ends = new long[ngrams.Length + 1];
        for (int place = 0; place < ngrams.Length; place++) ends[place + 1] = ends[place] + _documentCounts[ngrams[place]];
        int[] labelsOf = new int[ends[^1]];
        long[] next = ends[..^1];
        int row = 0;
        for (int b = 0; b < _blocks.Length; b++)
        {
            int at = 0;
            foreach (int end in _blocks[b].Ends)
            {
                for (; at < end; at++)
                {
                    int place = placeOf[_globalOfLocal[b][_blocks[b].Ngrams[at]]];
                    if (place >= 0) labelsOf[next[place]++] = labels[row];
                }
                row++;
            }
        }
        return LabelEntropy.Of(ends, labelsOf, LabelEntropy.Shares(labels, labelCount));
    }
}
