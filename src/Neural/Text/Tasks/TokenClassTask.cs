using System.Numerics.Tensors;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Text;

/// <summary>The class, from 0, of each token of each text, by cross-entropy; those of <see cref="Tensor.LeftOut"/> do not count.</summary>
internal sealed class TokenClassTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences, IReadOnlyList<int[]> classes) : NetworkTask(network, tokenizer, sequences)
{
    private long[] _targets = [];

    private protected override BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores)
    {
        int length = batch.Length, all = rows.Length * length, outputs = scores.Shape[2], count = 0, correct = 0;
        if (_targets.Length < all) _targets = new long[all];
        Span<long> targets = _targets.AsSpan(0, all);
        targets.Fill(Tensor.LeftOut);
        Span<float> values = Read(scores);
        for (int i = 0; i < rows.Length; i++)
        {
            int[] wanted = classes[rows[i]];
            for (int t = 0; t < wanted.Length; t++)
            {
                if (wanted[t] == Tensor.LeftOut) continue;
                int at = i * length + t;
                targets[at] = wanted[t];
                count++;
                if (TensorPrimitives.IndexOfMax(values.Slice(at * outputs, outputs)) == wanted[t]) correct++;
            }
        }
        return new BatchResult(scores.CrossEntropy(Tensor.FromIndices(targets, [rows.Length, length])), count, correct);
    }
}
