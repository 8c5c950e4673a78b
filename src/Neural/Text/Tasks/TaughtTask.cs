using System.Numerics.Tensors;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Text;

/// <summary>A teacher's probabilities of each text's classes, by cross-entropy (Hinton and others 2015). Right is what the teacher finds most probable.</summary>
/// <param name="network">The student.</param>
/// <param name="tokenizer">Its tokens.</param>
/// <param name="sequences">The texts.</param>
/// <param name="probabilities">Those of the first text, then those of the second, and so on.</param>
/// <param name="classes">How many a text has.</param>
internal sealed class TaughtTask(HeadedEncoder network, Tokenizer tokenizer, TokenTable sequences, float[] probabilities, int classes) : NetworkTask(network, tokenizer, sequences)
{
    private float[] _targets = [];

    private protected override BatchResult Measure(ReadOnlySpan<int> rows, in TokenBatch batch, Tensor scores)
    {
        if (_targets.Length < rows.Length * classes) _targets = new float[rows.Length * classes];
        for (int i = 0; i < rows.Length; i++) probabilities.AsSpan(rows[i] * classes, classes).CopyTo(_targets.AsSpan(i * classes));
        Tensor loss = scores.CrossEntropyOfDistributions(Tensor.From(_targets.AsSpan(0, rows.Length * classes), scores.Shape));
        Span<float> values = Read(scores);
        int correct = 0;
        for (int i = 0; i < rows.Length; i++)
            if (TensorPrimitives.IndexOfMax(values.Slice(i * classes, classes)) == TensorPrimitives.IndexOfMax(_targets.AsSpan(i * classes, classes))) correct++;
        return new BatchResult(loss, rows.Length, correct);
    }
}
