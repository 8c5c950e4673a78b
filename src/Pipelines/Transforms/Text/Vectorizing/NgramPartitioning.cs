using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Divides the n-grams of texts by hash into parts of which each can be counted on its own, with a table that fits into the processor's
/// cache; very many n-grams are divided further into passes over the texts, so that one pass fits into memory.
/// </summary>
/// <param name="Passes">How many times to go over the texts.</param>
/// <param name="Count">The number of parts of each view in a pass, a power of two.</param>
internal readonly record struct NgramPartitioning(int Passes, int Count)
{
    private const int NgramsPerPartition = 1 << 14, MaximumCount = 1024, SampledTexts = 256;

    /// <summary>For texts that have about as many n-grams as a few of them, evenly spread, let expect.</summary>
    internal static NgramPartitioning For(TextColumn texts, NgramView[] views, long ngramsPerPass)
    {
        int step = Math.Max(1, texts.RowCount / SampledTexts), sampled = 0;
        var sink = new Counter();
        char[] buffer = [];
        for (int row = 0; row < texts.RowCount; row += step, sampled++)
            NgramExtractor.Extract(NgramFolding.Fold(texts[row], ref buffer), views, ref sink);
        double expected = sampled == 0 ? 0 : (double)sink.Count * texts.RowCount / sampled;
        int passes = (int)Math.Ceiling(Math.Max(1, expected / ngramsPerPass));
        double perPartition = expected / passes / views.Length / NgramsPerPartition;
        return new NgramPartitioning(passes, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(perPartition, 1, MaximumCount)));
    }

    /// <summary>Whether an n-gram belongs to a pass.</summary>
    internal bool IsIn(int pass, ulong hash) => Passes == 1 || (int)((hash >> 32) * (ulong)Passes >> 32) == pass;

    /// <summary>The part of its view that an n-gram belongs to.</summary>
    internal int PartitionOf(ulong hash) => (int)hash & (Count - 1);

    private struct Counter : INgramSink
    {
        public long Count;

        public void Add(ulong hash, int start, int end) => Count++;
    }
}
