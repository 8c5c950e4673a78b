namespace MLPipelines.Transforms.Text;

/// <summary>The n-grams of a partition that occur in enough texts, numbered in order of first occurrence, and the texts that have them.</summary>
internal sealed class NgramPartition
{
    private readonly int[] _ngrams;
    private readonly byte[] _texts;
    private readonly int[] _counts;
    private readonly int[] _ends;

    private NgramPartition(int view, int blockCount, int ngramCount, int postingCount)
    {
        View = view;
        (Hashes, FirstTexts, DocumentCounts) = (new ulong[ngramCount], new int[ngramCount], new int[ngramCount]);
        (_ngrams, _texts, _counts, _ends) = (new int[postingCount], new byte[postingCount], new int[postingCount], new int[blockCount]);
    }

    internal int View { get; }

    internal ulong[] Hashes { get; }

    /// <summary>The first text that has each n-gram.</summary>
    internal int[] FirstTexts { get; }

    /// <summary>In how many texts each n-gram occurs.</summary>
    internal int[] DocumentCounts { get; }

    /// <summary>What all numbers of n-grams of this partition are added to, to number those of all partitions.</summary>
    internal int Offset { get; set; }

    /// <summary>Which n-grams the texts of a block have, text after text.</summary>
    internal Postings PostingsOf(int block)
    {
        Range range = (block == 0 ? 0 : _ends[block - 1]).._ends[block];
        return new Postings(_ngrams.AsSpan(range), _texts.AsSpan(range), _counts.AsSpan(range));
    }

    /// <summary>N-grams, the place in the block of the text that has each, and how often it has it.</summary>
    internal readonly ref struct Postings(ReadOnlySpan<int> ngrams, ReadOnlySpan<byte> texts, ReadOnlySpan<int> counts)
    {
        internal ReadOnlySpan<int> Ngrams { get; } = ngrams;

        internal ReadOnlySpan<byte> Texts { get; } = texts;

        internal ReadOnlySpan<int> Counts { get; } = counts;

        internal int Count => Ngrams.Length;
    }

    /// <param name="blocks">All blocks of texts.</param>
    /// <param name="index">The index of the partition in each block.</param>
    /// <param name="view">The view that it is a part of.</param>
    /// <param name="minimumDocumentCount">In how many texts an n-gram must occur.</param>
    /// <param name="room">Where the thread counts.</param>
    internal static NgramPartition Count(NgramBlock[] blocks, int index, int view, int minimumDocumentCount, Room room)
    {
        room.Clear();
        for (int block = 0; block < blocks.Length; block++) CountBlock(blocks[block].Hashes(index), blocks[block].Texts(index), block, room);
        // Most n-grams occur once and go; those that stay get new numbers.
        Span<Seen> seen = room.Seen.Span;
        int ngramCount = 0, postingCount = 0;
        foreach (ref Seen ngram in seen)
        {
            bool stays = ngram.DocumentCount >= minimumDocumentCount;
            ngram.Number = stays ? ngramCount++ : -1;
            if (stays) postingCount += ngram.DocumentCount;
        }
        var partition = new NgramPartition(view, blocks.Length, ngramCount, postingCount);
        foreach (ref Seen ngram in seen)
        {
            if (ngram.Number < 0) continue;
            partition.Hashes[ngram.Number] = ngram.Hash;
            partition.FirstTexts[ngram.Number] = ngram.FirstText;
            partition.DocumentCounts[ngram.Number] = ngram.DocumentCount;
            ngram.LastText = -1;
        }
        partition.Write(blocks, index, room);
        return partition;
    }

    private static void CountBlock(ReadOnlySpan<ulong> hashes, ReadOnlySpan<byte> texts, int block, Room room)
    {
        for (int i = 0; i < hashes.Length; i++)
        {
            int text = block * NgramBlock.Size + texts[i];
            int ngram = room.Table.FindOrAdd(hashes[i], out bool added);
            room.Ngrams.Add(ngram);
            if (added)
            {
                room.Seen.Add(new Seen { Hash = hashes[i], FirstText = text, LastText = text, DocumentCount = 1 });
                continue;
            }
            ref Seen seen = ref room.Seen[ngram];
            if (seen.LastText == text) continue;
            seen.LastText = text;
            seen.DocumentCount++;
        }
    }

    private void Write(NgramBlock[] blocks, int index, Room room)
    {
        ReadOnlySpan<int> ngrams = room.Ngrams.Span;
        int at = 0, end = 0;
        for (int block = 0; block < blocks.Length; block++)
        {
            ReadOnlySpan<byte> texts = blocks[block].Texts(index);
            for (int i = 0; i < texts.Length; i++)
            {
                ref Seen seen = ref room.Seen[ngrams[at++]];
                if (seen.Number < 0) continue;
                int text = block * NgramBlock.Size + texts[i];
                if (seen.LastText == text)
                {
                    _counts[seen.LastPlace]++;
                    continue;
                }
                (seen.LastText, seen.LastPlace) = (text, end);
                (_ngrams[end], _texts[end], _counts[end++]) = (seen.Number, texts[i], 1);
            }
            _ends[block] = end;
        }
    }

    /// <summary>An n-gram under count.</summary>
    internal struct Seen
    {
        public ulong Hash;
        public int FirstText, LastText, LastPlace, DocumentCount, Number;
    }

    /// <summary>What one thread works with, partition after partition.</summary>
    internal sealed class Room
    {
        internal NgramTable Table { get; } = new(1 << 13);

        internal GrowingArray<Seen> Seen { get; } = new();

        /// <summary>The n-gram of each occurrence.</summary>
        internal GrowingArray<int> Ngrams { get; } = new();

        internal void Clear()
        {
            Table.Clear();
            Seen.Clear();
            Ngrams.Clear();
        }
    }
}
