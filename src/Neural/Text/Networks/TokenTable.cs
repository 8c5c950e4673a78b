using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Sequences of tokens, one after the other. It grows and can be used again, so that filling it allocates nothing in steady state.</summary>
internal sealed class TokenTable
{
    private int[] _ids = new int[256];
    private (int End, int SegmentStart)[] _rows = new (int, int)[16];

    /// <summary>How many sequences there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The tokens of a sequence.</summary>
    internal ReadOnlySpan<int> this[int row] => _ids.AsSpan(StartOf(row), LengthOf(row));

    /// <summary>All tokens, one sequence after the other.</summary>
    internal ReadOnlySpan<int> Ids => _ids.AsSpan(0, StartOf(Count));

    internal int LengthOf(int row) => _rows[row].End - StartOf(row);

    /// <summary>The first token of segment 1; the length of the sequence where there is none.</summary>
    internal int SegmentStartOf(int row) => _rows[row].SegmentStart;

    internal int[] Lengths() => [.. Enumerable.Range(0, Count).Select(LengthOf)];

    internal void Clear() => Count = 0;

    /// <summary>Adds the sequence that a builder built last. One without any token gets one that stands for nothing.</summary>
    internal void Add(SequenceBuilder sequence)
    {
        SpecialTokens special = sequence.Tokenizer.SpecialTokens;
        ReadOnlySpan<int> nothing = [special.Unknown ?? special.Padding ?? 0], ids = sequence.Ids.IsEmpty ? nothing : sequence.Ids;
        int start = StartOf(Count), end = start + ids.Length;
        if (end > _ids.Length) Array.Resize(ref _ids, Math.Max(end, 2 * _ids.Length));
        if (Count == _rows.Length) Array.Resize(ref _rows, 2 * Count);
        ids.CopyTo(_ids.AsSpan(start));
        _rows[Count++] = (end, sequence.Ids.IsEmpty ? 1 : sequence.SegmentStart);
    }

    /// <summary>Puts rows into a batch, which is emptied first.</summary>
    internal void CopyTo(SequenceBatch batch, ReadOnlySpan<int> rows)
    {
        batch.Clear();
        foreach (int row in rows) batch.Add(this[row], SegmentStartOf(row));
    }

    private int StartOf(int row) => row == 0 ? 0 : _rows[row - 1].End;
}
