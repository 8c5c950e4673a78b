using System.Numerics.Tensors;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Text;

/// <summary>The first and the last token of the answer in each sequence, by the mean of both cross-entropies along the sequence.</summary>
internal sealed class SpanTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences, IReadOnlyList<(int First, int Last)> spans) : NetworkTask(network, tokenizer, sequences)
{
    private long[] _first = [], _last = [];

    private protected override BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores)
    {
        int count = rows.Length, length = batch.Length, correct = 0;
        if (_first.Length < count) (_first, _last) = (new long[count], new long[count]);
        for (int i = 0; i < count; i++) (_first[i], _last[i]) = spans[rows[i]];
        Tensor starts = Present(scores.Select(2, 0), batch), ends = Present(scores.Select(2, 1), batch);
        Tensor loss = (starts.CrossEntropy(Tensor.FromIndices(_first.AsSpan(0, count), [count])) + ends.CrossEntropy(Tensor.FromIndices(_last.AsSpan(0, count), [count]))) * 0.5f;
        Span<bool> isRight = count <= 256 ? stackalloc bool[count] : new bool[count];
        Span<float> values = Read(starts);
        for (int i = 0; i < count; i++) isRight[i] = TensorPrimitives.IndexOfMax(values.Slice(i * length, length)) == _first[i];
        values = Read(ends);
        for (int i = 0; i < count; i++)
            if (isRight[i] && TensorPrimitives.IndexOfMax(values.Slice(i * length, length)) == _last[i]) correct++;
        return new BatchResult(loss, count, correct);
    }

    // Far below every score, and far from what would overflow.
    private static Tensor Present(Tensor scores, in TokenBatch batch) => batch.Present.IsNone ? scores : scores + (batch.Present - 1) * 1e6f;
}
