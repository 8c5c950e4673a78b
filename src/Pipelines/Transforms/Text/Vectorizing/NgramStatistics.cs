using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// The n-grams that enough texts of a collection have, and in how many texts each occurs. Blocks of texts and partitions of n-grams are
/// worked on side by side; the result does not depend on the number of threads.
/// </summary>
internal sealed class NgramStatistics
{
    /// <summary>So many n-grams, at 9 bytes each, one pass over the texts holds in memory.</summary>
    private const long NgramsPerPass = 1 << 25;

    private readonly TextColumn _texts;
    private readonly ParallelOptions _parallel;
    private readonly List<NgramPartition> _partitions = [];
    private readonly ulong[] _hashes;
    private readonly int[] _viewOf, _firstTexts, _documentCounts;

    private NgramStatistics(TextColumn texts, NgramView[] views, int minimumDocumentCount, long ngramsPerPass, CancellationToken cancellation)
    {
        (_texts, Views) = (texts, views);
        _parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var partitioning = NgramPartitioning.For(texts, views, ngramsPerPass);
        for (int pass = 0; pass < partitioning.Passes; pass++) _partitions.AddRange(Count(partitioning, pass, minimumDocumentCount));
        int count = checked(_partitions.Sum(partition => partition.Hashes.Length));
        (_hashes, _viewOf, _firstTexts, _documentCounts) = (new ulong[count], new int[count], new int[count], new int[count]);
        int offset = 0;
        foreach (NgramPartition partition in _partitions)
        {
            partition.Offset = offset;
            partition.Hashes.CopyTo(_hashes, offset);
            partition.FirstTexts.CopyTo(_firstTexts, offset);
            partition.DocumentCounts.CopyTo(_documentCounts, offset);
            Array.Fill(_viewOf, partition.View, offset, partition.Hashes.Length);
            offset += partition.Hashes.Length;
        }
    }

    /// <summary>The n-grams in enough texts; where there are none but those that all texts have, as among a few texts, all n-grams.</summary>
    internal static NgramStatistics OfAny(TextColumn texts, NgramView[] views, int minimumDocumentCount, CancellationToken cancellation, long ngramsPerPass = NgramsPerPass)
    {
        var statistics = new NgramStatistics(texts, views, minimumDocumentCount, ngramsPerPass, cancellation);
        bool tellsApart = minimumDocumentCount < texts.RowCount && statistics._documentCounts.AsSpan().ContainsAnyInRange(minimumDocumentCount, texts.RowCount - 1);
        return minimumDocumentCount == 1 || tellsApart ? statistics
            : new NgramStatistics(texts, views, 1, ngramsPerPass, cancellation);
    }

    internal int TextCount => _texts.RowCount;

    internal NgramView[] Views { get; }

    private int BlockCount => (TextCount + NgramBlock.Size - 1) / NgramBlock.Size;

    /// <summary>In how many texts an n-gram occurs.</summary>
    internal int DocumentCount(int ngram) => _documentCounts[ngram];

    private NgramPartition[] Count(NgramPartitioning partitioning, int pass, int minimumDocumentCount)
    {
        var blocks = new NgramBlock[BlockCount];
        Parallel.For(0, blocks.Length, _parallel, () => new NgramBlock.Room(), (block, _, room) =>
        {
            blocks[block] = NgramBlock.Of(_texts, block, Views, partitioning, pass, room);
            return room;
        }, _ => { });
        var partitions = new NgramPartition[Views.Length * partitioning.Count];
        Parallel.For(0, partitions.Length, _parallel, () => new NgramPartition.Room(), (index, _, room) =>
        {
            partitions[index] = NgramPartition.Count(blocks, index, index / partitioning.Count, minimumDocumentCount, room);
            return room;
        }, _ => { });
        return partitions;
    }

    /// <summary>
    /// The n-grams to keep: the most frequent if there are too many; by view, the most frequent first, so that
    /// what is used together lies together in memory. The first text decides between n-grams that are in as many texts.
    /// </summary>
    internal int[] Select(int maximumCount)
    {
        int[] kept = CountingSort.By([.. Enumerable.Range(0, _hashes.Length)], _firstTexts, TextCount);
        kept = CountingSort.By(kept, Array.ConvertAll(_documentCounts, count => TextCount - count), TextCount);
        return CountingSort.By(kept.AsSpan(0, Math.Min(kept.Length, maximumCount)), _viewOf, Views.Length);
    }

    /// <summary>N-grams from <see cref="Select"/> as text, view by view.</summary>
    internal string[][] TermsOf(int[] ngrams)
    {
        string[] terms = NgramTerms.Of(_texts, Views, Array.ConvertAll(ngrams, ngram => _hashes[ngram]), Array.ConvertAll(ngrams, ngram => _firstTexts[ngram]), _parallel);
        int[] ends = ViewEnds(ngrams);
        return [.. ends.Select((end, view) => terms[(view == 0 ? 0 : ends[view - 1])..end])];
    }

    private int[] ViewEnds(int[] ngrams) => [.. Views.Select((_, view) => Array.FindLastIndex(ngrams, ngram => _viewOf[ngram] <= view) + 1)];

    /// <summary>
    /// How often each text has each of some n-grams, which become features in the order given. Takes the counts with it, which need
    /// much memory: it can be called once.
    /// </summary>
    internal NgramMatrix ToMatrix(int[] ngrams)
    {
        int[] placeOf = new int[_hashes.Length];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < ngrams.Length; place++) placeOf[ngrams[place]] = place;
        NgramPartition[] partitions = [.. _partitions];
        _partitions.Clear();
        return NgramMatrix.Of(partitions, placeOf, TextCount, ViewEnds(ngrams), _parallel);
    }
}
