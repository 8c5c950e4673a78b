using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Turns the texts of a run of rows into weighted n-gram counts. Serves one reader; allocates nothing in steady state.</summary>
internal sealed class TextVectorizerKernel(NgramVocabulary vocabulary, int[] sources)
{
    private readonly VectorColumn<float> _output = CreateOutput(vocabulary.Count);
    private readonly ushort[] _counts = new ushort[vocabulary.Count];

    // A bit per n-gram that the text has, and a bit per word of those: reading them in order sorts the n-grams.
    private readonly ulong[] _present = new ulong[(vocabulary.Count >> 6) + 1];
    private readonly ulong[] _presentWords = new ulong[(vocabulary.Count >> 12) + 1];
    private char[] _text = new char[256];
    private int[] _indices = new int[256];
    private float[] _values = new float[256];

    internal BatchColumn Compute(Batch batch)
    {
        _output.Clear();
        for (int row = 0; row < batch.RowCount; row++) Append(batch, row);
        return _output;
    }

    private void Append(Batch batch, int row)
    {
        int length = 0;
        foreach (int source in sources)
        {
            ReadOnlySpan<char> text = ((TextColumn)batch[source])[row];
            if (_text.Length < length + NgramFolding.MaximumLength(text.Length)) Array.Resize(ref _text, Math.Max(_text.Length * 2, length + NgramFolding.MaximumLength(text.Length)));
            // Each text starts with the space that the one before it ended with.
            int start = Math.Max(length - 1, 0);
            length = start + NgramFolding.Fold(text, _text.AsSpan(start));
        }
        var sink = new CountSink { Table = vocabulary.Table, Counts = _counts, Present = _present, PresentWords = _presentWords };
        NgramExtractor.Extract(_text.AsSpan(0, length), vocabulary.Views, ref sink);
        if (_indices.Length < sink.Distinct)
        {
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)sink.Distinct);
            (_indices, _values) = (new int[size], new float[size]);
        }
        Collect();
        NgramScaling.ToUnitLength(_indices.AsSpan(0, sink.Distinct), _values.AsSpan(0, sink.Distinct), vocabulary.ViewEnds);
        _output.Append(_indices.AsSpan(0, sink.Distinct), _values.AsSpan(0, sink.Distinct));
    }

    /// <summary>Reads the n-grams off in rising order with their weighted counts, and leaves no trace of the text.</summary>
    private void Collect()
    {
        float[] weights = vocabulary.Weights;
        int next = 0;
        for (int outer = 0; outer < _presentWords.Length; outer++)
        {
            for (ulong words = _presentWords[outer]; words != 0; words &= words - 1)
            {
                int word = (outer << 6) + BitOperations.TrailingZeroCount(words);
                for (ulong bits = _present[word]; bits != 0; bits &= bits - 1)
                {
                    int index = (word << 6) + BitOperations.TrailingZeroCount(bits), count = _counts[index];
                    _counts[index] = 0;
                    _indices[next] = index;
                    _values[next++] = NgramScaling.Dampen(count) * weights[index];
                }
                _present[word] = 0;
            }
            _presentWords[outer] = 0;
        }
    }

    private static VectorColumn<float> CreateOutput(int size)
    {
        var column = new VectorColumn<float>(size);
        column.Reset(size, isDense: false);
        return column;
    }

    private ref struct CountSink : INgramSink
    {
        public NgramTable Table;
        public Span<ushort> Counts;
        public Span<ulong> Present;
        public Span<ulong> PresentWords;
        public int Distinct;

        public void Add(ulong hash, int start, int end)
        {
            int index = Table.Find(hash);
            if (index < 0) return;
            ref ushort count = ref Counts[index];
            if (count == 0)
            {
                Distinct++;
                Present[index >> 6] |= 1UL << (index & 63);
                PresentWords[index >> 12] |= 1UL << ((index >> 6) & 63);
            }
            if (count < ushort.MaxValue) count++;
        }
    }
}
