using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Sequences whose scores by a network are to be brought to something.</summary>
internal abstract class NetworkTask : TextTask
{
    private readonly HeadedEncoder _network;
    private readonly TokenTable _sequences;
    private readonly SequenceBatch _batch;
    private float[] _scores = [];

    private protected NetworkTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences)
    {
        (_network, _sequences, _batch) = (network, sequences, new SequenceBatch(tokenizer));
        Lengths = sequences.Lengths();
    }

    internal sealed override int[] Lengths { get; }

    internal sealed override BatchResult Forward(ReadOnlySpan<int> rows, RandomSource random)
    {
        _sequences.CopyTo(_batch, rows);
        TokenBatch batch = _batch.Build();
        return Measure(rows, batch, _network.Forward(batch));
    }

    /// <summary>The loss of a batch, from its scores (N, outputs) or (N, T, outputs).</summary>
    private protected abstract BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores);

    private protected int LengthOf(int row) => _sequences.LengthOf(row);

    /// <summary>The numbers of a tensor, until the next are asked for.</summary>
    private protected Span<float> Read(Tensor tensor)
    {
        if (_scores.Length < tensor.Count) _scores = new float[tensor.Count];
        Span<float> values = _scores.AsSpan(0, tensor.Count);
        tensor.CopyTo(values);
        return values;
    }
}
