using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The n-grams of each text of a block with their counts, numbered in order of first occurrence.</summary>
internal sealed class NgramCounts
{
    private readonly NgramTable _table = new(1 << 14);
    private readonly GrowingArray<(int Row, int Place)> _last = new();

    /// <summary>The hash of each n-gram.</summary>
    internal GrowingArray<ulong> Hashes { get; } = new();

    /// <summary>Where each n-gram was first seen.</summary>
    internal GrowingArray<NgramOrigin> Origins { get; } = new();

    /// <summary>The distinct n-grams of the texts, one text after the other.</summary>
    internal GrowingArray<int> Ngrams { get; } = new();

    /// <summary>How often each of <see cref="Ngrams"/> occurs in its text.</summary>
    internal GrowingArray<int> Counts { get; } = new();

    /// <summary>Where each text ends in <see cref="Ngrams"/>.</summary>
    internal GrowingArray<int> Ends { get; } = new();

    internal static NgramCounts Count(TextColumn texts, int first, int end, NgramView[] views, NgramSketch? sketch, CancellationToken cancellation)
    {
        var counts = new NgramCounts();
        char[] buffer = [];
        for (int row = first; row < end; row++)
        {
            if ((row & 255) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<char> folded = NgramFolding.Fold(texts[row], ref buffer);
            for (int view = 0; view < views.Length; view++)
            {
                var sink = new Sink { Block = counts, Sketch = sketch, Row = row, View = view };
                NgramExtractor.Extract(folded, views, view, ref sink);
            }
            counts.Ends.Add(counts.Ngrams.Count);
        }
        return counts;
    }

    private struct Sink : INgramSink
    {
        public NgramCounts Block;
        public NgramSketch? Sketch;
        public int Row;
        public int View;

        public void Add(ulong hash, int start, int end)
        {
            if (Sketch is not null && !Sketch.MayKeep(hash)) return;
            int ngram = Block._table.FindOrAdd(hash, out bool added);
            if (added)
            {
                Block.Hashes.Add(hash);
                Block.Origins.Add(new NgramOrigin(Row, start, end, View));
                Block._last.Add((Row, Block.Ngrams.Count));
            }
            else
            {
                ref var last = ref Block._last[ngram];
                if (last.Row == Row)
                {
                    Block.Counts[last.Place]++;
                    return;
                }
                last = (Row, Block.Ngrams.Count);
            }
            Block.Ngrams.Add(ngram);
            Block.Counts.Add(1);
        }
    }
}

/// <summary>Where an n-gram stands: the row of the text, the places in its folded form, and the view.</summary>
internal readonly record struct NgramOrigin(int Row, int Start, int End, int View);
