using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The n-grams of a few texts that follow each other, all occurrences, brought together by view and partition; in each, in the order of the texts.</summary>
internal sealed class NgramBlock
{
    /// <summary>The number of texts, so that the place of a text in the block is a byte.</summary>
    internal const int Size = 256;

    private readonly ulong[] _hashes;
    private readonly byte[] _texts;
    private readonly int[] _starts;

    private NgramBlock(ulong[] hashes, byte[] texts, int[] starts) => (_hashes, _texts, _starts) = (hashes, texts, starts);

    /// <summary>The hashes of the n-grams of a partition.</summary>
    internal ReadOnlySpan<ulong> Hashes(int partition) => _hashes.AsSpan(_starts[partition].._starts[partition + 1]);

    /// <summary>The place in the block of the text that has each n-gram of a partition.</summary>
    internal ReadOnlySpan<byte> Texts(int partition) => _texts.AsSpan(_starts[partition].._starts[partition + 1]);

    /// <summary>Finds the n-grams of the texts of a block that belong to a pass.</summary>
    internal static NgramBlock Of(TextColumn texts, int block, NgramView[] views, NgramPartitioning partitioning, int pass, Room room)
    {
        int first = block * Size, count = Math.Min(Size, texts.RowCount - first);
        room.Found.Clear();
        Span<int> ends = room.Ends(count * views.Length);
        var sink = new Sink { Found = room.Found, Partitioning = partitioning, Pass = pass };
        for (int text = 0; text < count; text++)
        {
            ReadOnlySpan<char> folded = NgramFolding.Fold(texts[first + text], ref room.Folded);
            for (int view = 0; view < views.Length; view++)
            {
                NgramExtractor.Extract(folded, views, view, ref sink);
                ends[text * views.Length + view] = room.Found.Count;
            }
        }
        return Group(room.Found.Span, ends, views.Length, partitioning);
    }

    private static NgramBlock Group(ReadOnlySpan<ulong> found, ReadOnlySpan<int> ends, int viewCount, NgramPartitioning partitioning)
    {
        int[] starts = new int[viewCount * partitioning.Count + 1];
        // First where each partition ends, then, filling them backwards, where it starts.
        for (int run = 0, i = 0; run < ends.Length; run++)
        {
            int offset = run % viewCount * partitioning.Count;
            for (; i < ends[run]; i++) starts[offset + partitioning.PartitionOf(found[i])]++;
        }
        for (int partition = 1; partition < starts.Length; partition++) starts[partition] += starts[partition - 1];
        ulong[] hashes = GC.AllocateUninitializedArray<ulong>(found.Length);
        byte[] texts = GC.AllocateUninitializedArray<byte>(found.Length);
        for (int run = ends.Length - 1, i = found.Length - 1; run >= 0; run--)
        {
            int offset = run % viewCount * partitioning.Count, start = run == 0 ? 0 : ends[run - 1];
            byte text = (byte)(run / viewCount);
            for (; i >= start; i--)
            {
                int place = --starts[offset + partitioning.PartitionOf(found[i])];
                hashes[place] = found[i];
                texts[place] = text;
            }
        }
        return new NgramBlock(hashes, texts, starts);
    }

    private struct Sink : INgramSink
    {
        public GrowingArray<ulong> Found;
        public NgramPartitioning Partitioning;
        public int Pass;

        public readonly void Add(ulong hash, int start, int end)
        {
            if (Partitioning.IsIn(Pass, hash)) Found.Add(hash);
        }
    }

    /// <summary>What one thread works with, block after block.</summary>
    internal sealed class Room
    {
        private int[] _ends = [];

        internal char[] Folded = [];

        internal GrowingArray<ulong> Found { get; } = new();

        internal Span<int> Ends(int count)
        {
            if (_ends.Length < count) _ends = new int[count];
            return _ends.AsSpan(0, count);
        }
    }
}
