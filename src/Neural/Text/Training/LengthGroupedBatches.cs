using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Which texts go into one batch: those of about the same length, so that little of a batch is padding. Rows are put in a random order; within windows
/// of some batches they are sorted by length; and the batches come in a random order. What comes follows from the seed and the pass.
/// </summary>
internal sealed class LengthGroupedBatches
{
    /// <summary>Batches that are sorted together: more leave less padding, fewer leave more to chance.</summary>
    private const int Window = 50;

    private readonly int[] _lengths, _rows, _batches;
    private readonly long[] _keys;
    private readonly int _batchSize;
    private readonly ulong _seed;

    /// <param name="lengths">The number of tokens of each row.</param>
    /// <param name="batchSize">Rows of a batch; the rest may make a smaller one.</param>
    /// <param name="seed">Decides the order.</param>
    internal LengthGroupedBatches(int[] lengths, int batchSize, int seed)
    {
        (_lengths, _batchSize, _seed) = (lengths, batchSize, (ulong)(uint)seed);
        _rows = new int[lengths.Length];
        _keys = new long[lengths.Length];
        _batches = new int[(lengths.Length + batchSize - 1) / batchSize];
    }

    /// <summary>How many batches a pass has.</summary>
    internal int Count => _batches.Length;

    /// <summary>The rows of a batch of the pass that was arranged last.</summary>
    internal ReadOnlySpan<int> this[int batch]
    {
        get
        {
            int first = _batches[batch] * _batchSize;
            return _rows.AsSpan(first, Math.Min(_batchSize, _rows.Length - first));
        }
    }

    /// <summary>Puts the rows in the order of a pass.</summary>
    internal void Arrange(int pass)
    {
        Number(_rows);
        Number(_batches);
        var random = new RandomSource(_seed << 32 | (uint)pass);
        random.Shuffle<int>(_rows);
        int window = Window * _batchSize;
        for (int first = 0; first < _rows.Length; first += window) Sort(first, Math.Min(window, _rows.Length - first));
        random.Shuffle<int>(_batches);
    }

    /// <summary>Puts the rows in the order of their lengths, the longest first.</summary>
    internal void ArrangeByLength()
    {
        Number(_rows);
        Number(_batches);
        Sort(0, _rows.Length);
        Array.Reverse(_rows);
    }

    /// <summary>Rows of one length keep their order.</summary>
    private void Sort(int first, int count)
    {
        for (int i = first; i < first + count; i++) _keys[i] = (long)_lengths[_rows[i]] << 32 | (uint)i;
        Array.Sort(_keys, _rows, first, count);
    }

    private static void Number(int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = i;
    }
}
