using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Sequences of different lengths as one batch: padded to the longest. It can be filled again, and then allocates nothing.</summary>
/// <param name="tokenizer">Whose padding is put after the shorter sequences.</param>
internal sealed class SequenceBatch(Tokenizer tokenizer)
{
    // Padding is never looked at, so that a vocabulary without it may take any token.
    private readonly int _padding = tokenizer.SpecialTokens.Padding ?? 0;
    private int[] _tokens = new int[256];
    private (int End, int SegmentStart)[] _sequences = new (int, int)[8];
    private long[] _ids = [], _segments = [];
    private float[] _present = [];
    private bool _hasSegments;

    /// <summary>How many sequences there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How long the longest is.</summary>
    internal int LongestCount { get; private set; }

    /// <summary>Takes all sequences out.</summary>
    internal void Clear() => (Count, LongestCount, _hasSegments) = (0, 0, false);

    /// <summary>Adds the sequence that a builder built last.</summary>
    internal void Add(SequenceBuilder sequence) => Add(sequence.Ids, sequence.SegmentStart);

    /// <summary>Adds a sequence.</summary>
    /// <param name="ids">Its tokens.</param>
    /// <param name="segmentStart">The first of them that is of segment 1; their number if none is.</param>
    internal void Add(ReadOnlySpan<int> ids, int segmentStart)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)segmentStart, (uint)ids.Length, nameof(segmentStart));
        int start = StartOf(Count), end = start + ids.Length;
        if (end > _tokens.Length) Array.Resize(ref _tokens, Math.Max(end, 2 * _tokens.Length));
        if (Count == _sequences.Length) Array.Resize(ref _sequences, 2 * Count);
        ids.CopyTo(_tokens.AsSpan(start));
        _sequences[Count++] = (end, segmentStart);
        LongestCount = Math.Max(LongestCount, ids.Length);
        _hasSegments |= segmentStart < ids.Length;
    }

    /// <summary>The batch, in the step that is open; without what marks padding if there is none, and without segments if there are none.</summary>
    /// <param name="length">How long sequences become; 0: as long as the longest.</param>
    internal TokenBatch Build(int length = 0)
    {
        if (length == 0) length = LongestCount;
        if (Count == 0 || LongestCount == 0) throw new InvalidOperationException("The batch has no tokens.");
        ArgumentOutOfRangeException.ThrowIfLessThan(length, LongestCount);
        int size = Count * length;
        if (_ids.Length < size) (_ids, _segments, _present) = (new long[size], new long[size], new float[size]);
        bool isPadded = false;
        for (int row = 0; row < Count; row++)
        {
            int start = StartOf(row);
            (int end, int segmentStart) = _sequences[row];
            int count = end - start, at = row * length;
            for (int i = 0; i < count; i++) _ids[at + i] = _tokens[start + i];
            _ids.AsSpan(at + count, length - count).Fill(_padding);
            _present.AsSpan(at, count).Fill(1);
            _present.AsSpan(at + count, length - count).Clear();
            _segments.AsSpan(at, segmentStart).Clear();
            _segments.AsSpan(at + segmentStart, count - segmentStart).Fill(1);
            _segments.AsSpan(at + count, length - count).Clear();
            isPadded |= count < length;
        }
        return new TokenBatch(
            Tensor.FromIndices(_ids.AsSpan(0, size), [Count, length]),
            isPadded ? Tensor.From(_present.AsSpan(0, size), [Count, length]) : Tensor.None,
            _hasSegments ? Tensor.FromIndices(_segments.AsSpan(0, size), [Count, length]) : Tensor.None);
    }

    private int StartOf(int row) => row == 0 ? 0 : _sequences[row - 1].End;
}
