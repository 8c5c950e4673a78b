using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>Texts as the numbers of their tokens, special ones among them, one after the other. It grows and can be used again, so that filling it allocates nothing in steady state.</summary>
internal sealed class TokenTable
{
    private int[] _ids = new int[256], _starts = [0, .. new int[15]], _seconds = new int[16];
    private long[] _numbers = [], _segments = [];
    private float[] _present = [];

    /// <summary>How many texts, or pairs of them, there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The tokens of a text.</summary>
    internal ReadOnlySpan<int> this[int row] => _ids.AsSpan(_starts[row], LengthOf(row));

    /// <summary>All tokens, one text after the other.</summary>
    internal ReadOnlySpan<int> Ids => _ids.AsSpan(0, _starts[Count]);

    internal int LengthOf(int row) => _starts[row + 1] - _starts[row];

    internal int[] Lengths() => [.. Enumerable.Range(0, Count).Select(LengthOf)];

    internal void Clear() => Count = 0;

    /// <summary>Adds a token to the row under construction; <see cref="EndRow"/> closes it.</summary>
    internal void Add(int id)
    {
        int end = _starts[Count + 1];
        if (end == _ids.Length) Array.Resize(ref _ids, 2 * end);
        _ids[end] = id;
        _starts[Count + 1] = end + 1;
    }

    /// <summary>Opens a row.</summary>
    internal void StartRow()
    {
        if (Count + 2 >= _starts.Length)
        {
            Array.Resize(ref _starts, 2 * _starts.Length);
            Array.Resize(ref _seconds, 2 * _seconds.Length);
        }
        _starts[Count + 1] = _starts[Count];
    }

    /// <param name="second">Where the second text of a pair begins; the length of the row where there is none.</param>
    internal void EndRow(int second) => _seconds[Count++] = second;

    /// <summary>Rows as encoders take them, in the step that is open: shorter ones padded to the longest.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="description">The encoder: its padding, and whether it tells segments apart.</param>
    internal TokenBatch Batch(ReadOnlySpan<int> rows, EncoderDescription description)
    {
        int length = 0, shortest = int.MaxValue;
        bool hasPairs = false;
        foreach (int row in rows)
        {
            length = Math.Max(length, LengthOf(row));
            shortest = Math.Min(shortest, LengthOf(row));
            hasPairs |= _seconds[row] < LengthOf(row);
        }
        bool hasSegments = hasPairs && description is BertDescription { SegmentCount: > 1 }, isPadded = shortest < length;
        int count = rows.Length * length;
        if (_numbers.Length < count) (_numbers, _segments, _present) = (new long[count], new long[count], new float[count]);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> ids = this[rows[i]];
            int first = i * length, second = _seconds[rows[i]];
            for (int t = 0; t < length; t++)
            {
                _numbers[first + t] = t < ids.Length ? ids[t] : description.PaddingId;
                _segments[first + t] = t >= second && t < ids.Length ? 1 : 0;
                _present[first + t] = t < ids.Length ? 1 : 0;
            }
        }
        return new TokenBatch(Tensor.FromIndices(_numbers.AsSpan(0, count), [rows.Length, length]),
            isPadded ? Tensor.From(_present.AsSpan(0, count), [rows.Length, length]) : Tensor.None,
            hasSegments ? Tensor.FromIndices(_segments.AsSpan(0, count), [rows.Length, length]) : Tensor.None);
    }
}
