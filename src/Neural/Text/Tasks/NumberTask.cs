using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>The number of each text, by the mean of squared errors.</summary>
internal sealed class NumberTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences, float[] numbers) : NetworkTask(network, tokenizer, sequences)
{
    private float[] _targets = [];

    internal override bool HasAccuracy => false;

    private protected override BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores)
    {
        if (_targets.Length < rows.Length) _targets = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) _targets[i] = numbers[rows[i]];
        Tensor errors = scores - Tensor.From(_targets.AsSpan(0, rows.Length), [rows.Length, 1]);
        return new BatchResult(errors.Square().Mean(), rows.Length, 0);
    }
}
