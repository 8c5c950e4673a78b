using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Puts texts through a network. Texts of the same length go together, so that nothing is padded and what a text comes to does not depend, not in a single bit, on
/// what is beside it. It owns its memory and serves one thread; several may share the network.
/// </summary>
internal sealed class TextScorer(TextNetworkModel model)
{
    /// <summary>Tokens that go through the network at once.</summary>
    private const int TokensAtOnce = 4096;

    /// <summary>Products of few rows sum in another order than those of many: shorter texts go through the network alone.</summary>
    private const int LeastTogether = 8;

    private readonly SequenceBatch _batch = new(model.Encoder.Tokenizer);
    private long[] _keys = [];
    private int[] _order = [];
    private float[] _scores = [];

    /// <summary>Makes sequences of texts.</summary>
    internal SequenceBuilder Sequence { get; } = new(model.Encoder.Tokenizer, model.MaxTokens);

    /// <summary>The sequences that are to be scored.</summary>
    internal TokenTable Table { get; } = new();

    /// <summary>Scores all sequences of the table, in an order of its own.</summary>
    internal void Run<TTarget>(TTarget target)
        where TTarget : IScoreTarget
    {
        int count = Table.Count;
        if (_keys.Length < count) (_keys, _order) = (new long[count], new int[count]);
        for (int row = 0; row < count; row++) (_keys[row], _order[row]) = ((long)Table.LengthOf(row) << 32 | (uint)row, row);
        Array.Sort(_keys, _order, 0, count);
        using var quiet = new NoGradient();
        for (int first = 0; first < count;)
        {
            int length = Table.LengthOf(_order[first]), most = length < LeastTogether ? 1 : Math.Max(1, TokensAtOnce / length), end = first + 1;
            while (end < count && end - first < most && Table.LengthOf(_order[end]) == length) end++;
            Score(_order.AsSpan(first, end - first), target);
            first = end;
        }
    }

    private void Score<TTarget>(ReadOnlySpan<int> rows, TTarget target)
        where TTarget : IScoreTarget
    {
        using var step = new Step();
        Table.CopyTo(_batch, rows);
        Tensor states = model.Network.Encoder.Forward(_batch.Build());
        for (int i = 0; i < rows.Length; i++)
        {
            // Row by row, for the same reason.
            using var inner = new Step();
            Tensor scores = model.Network.Head.Forward(states.Slice(0, i, 1));
            if (_scores.Length < scores.Count) _scores = new float[scores.Count];
            Span<float> values = _scores.AsSpan(0, scores.Count);
            scores.CopyTo(values);
            target.Take(rows[i], values);
        }
    }
}

/// <summary>Takes what sequences come to.</summary>
internal interface IScoreTarget
{
    /// <param name="row">The sequence.</param>
    /// <param name="scores">Its scores: those of the text, or those of each token; may be changed.</param>
    void Take(int row, Span<float> scores);
}
