using System.Numerics.Tensors;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Text;

/// <summary>The class, from 0, of each text, by cross-entropy.</summary>
internal sealed class ClassTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences, int[] classes) : NetworkTask(network, tokenizer, sequences)
{
    private long[] _targets = [];

    private protected override BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores)
    {
        if (_targets.Length < rows.Length) _targets = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++) _targets[i] = classes[rows[i]];
        Tensor loss = scores.CrossEntropy(Tensor.FromIndices(_targets.AsSpan(0, rows.Length), [rows.Length]));
        Span<float> values = Read(scores);
        int count = values.Length / rows.Length, correct = 0;
        for (int i = 0; i < rows.Length; i++)
            if (TensorPrimitives.IndexOfMax(values.Slice(i * count, count)) == _targets[i]) correct++;
        return new BatchResult(loss, rows.Length, correct);
    }
}
