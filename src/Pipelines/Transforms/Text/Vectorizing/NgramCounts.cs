using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The distinct n-grams of each text of a block, numbered in order of first occurrence.</summary>
internal sealed class NgramCounts
{
    private readonly NgramTable _table = new(1 << 14);

    /// <summary>The hash of each n-gram.</summary>
    internal List<ulong> Hashes { get; } = [];

    /// <summary>Where each n-gram was first seen: text, start, end and view.</summary>
    internal List<NgramOrigin> Origins { get; } = [];

    /// <summary>The distinct n-grams of the texts, one text after the other.</summary>
    internal List<int> Ngrams { get; } = [];

    /// <summary>Where each text ends in <see cref="Ngrams"/>.</summary>
    internal List<int> Ends { get; } = [];

    internal static NgramCounts Count(TextColumn texts, Range rows, NgramView[] views, CancellationToken cancellation)
    {
        var counts = new NgramCounts();
        List<int> lastText = [];
        char[] folded = [];
        var (first, count) = rows.GetOffsetAndLength(texts.RowCount);
        for (int row = first; row < first + count; row++)
        {
            if ((row & 255) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<char> text = texts[row];
            if (folded.Length < NgramFolding.MaximumLength(text.Length)) folded = new char[Math.Max(NgramFolding.MaximumLength(text.Length), folded.Length * 2)];
            int length = NgramFolding.Fold(text, folded);
            for (int view = 0; view < views.Length; view++)
            {
                var sink = new Sink { Counts = counts, LastText = lastText, Row = row, View = view };
                NgramExtractor.Extract(folded.AsSpan(0, length), views, view, ref sink);
            }
            counts.Ends.Add(counts.Ngrams.Count);
        }
        return counts;
    }

    private struct Sink : INgramSink
    {
        public NgramCounts Counts;
        public List<int> LastText;
        public int Row;
        public int View;

        public void Add(ulong hash, int start, int end)
        {
            int ngram = Counts._table.FindOrAdd(hash, out bool added);
            if (added)
            {
                Counts.Hashes.Add(hash);
                Counts.Origins.Add(new NgramOrigin(Row, start, end, View));
                LastText.Add(Row);
            }
            else if (LastText[ngram] == Row)
            {
                return;
            }
            LastText[ngram] = Row;
            Counts.Ngrams.Add(ngram);
        }
    }
}

/// <summary>Where an n-gram stands: the row of the text, the places in its folded form, and the view.</summary>
internal readonly record struct NgramOrigin(int Row, int Start, int End, int View);
