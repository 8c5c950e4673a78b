using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds what n-grams known by hash are as text, in the first text that has each.</summary>
internal static class NgramTerms
{
    /// <param name="texts">The texts.</param>
    /// <param name="views">The views.</param>
    /// <param name="hashes">The hashes of the n-grams.</param>
    /// <param name="firstTexts">The first text that has each n-gram.</param>
    /// <param name="parallel">How many threads to use.</param>
    internal static string[] Of(TextColumn texts, NgramView[] views, ulong[] hashes, int[] firstTexts, ParallelOptions parallel)
    {
        string[] terms = new string[hashes.Length];
        int[] places = CountingSort.By([.. Enumerable.Range(0, hashes.Length)], firstTexts, texts.RowCount);
        int[] ends = new int[texts.RowCount];
        foreach (int text in firstTexts) ends[text]++;
        for (int text = 1; text < ends.Length; text++) ends[text] += ends[text - 1];
        Parallel.For(0, (texts.RowCount + NgramBlock.Size - 1) / NgramBlock.Size, parallel, block =>
        {
            char[] buffer = [];
            for (int text = block * NgramBlock.Size; text < Math.Min((block + 1) * NgramBlock.Size, ends.Length); text++)
            {
                ReadOnlySpan<int> wanted = places.AsSpan((text == 0 ? 0 : ends[text - 1])..ends[text]);
                if (wanted.IsEmpty) continue;
                var table = new NgramTable(wanted.Length);
                foreach (int place in wanted) table.FindOrAdd(hashes[place], out _);
                ReadOnlySpan<char> folded = NgramFolding.Fold(texts[text], ref buffer);
                for (int view = 0; view < views.Length; view++)
                {
                    var sink = new Sink { Folded = folded, View = views[view], Table = table, Wanted = wanted, Terms = terms };
                    NgramExtractor.Extract(folded, views, view, ref sink);
                }
            }
        });
        return terms;
    }

    private ref struct Sink : INgramSink
    {
        public ReadOnlySpan<char> Folded;
        public NgramView View;
        public NgramTable Table;
        public ReadOnlySpan<int> Wanted;
        public string[] Terms;

        public readonly void Add(ulong hash, int start, int end)
        {
            int found = Table.Find(hash);
            if (found >= 0) Terms[Wanted[found]] ??= NgramExtractor.TextOf(Folded, View, start, end);
        }
    }
}
