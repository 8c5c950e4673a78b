using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>Scores to probabilities: exp(sₖ) / Σ exp(s), computed relative to the largest score so that nothing overflows.</summary>
internal static class Softmax
{
    /// <summary>Replaces scores by probabilities; returns log Σ exp(s).</summary>
    internal static double Apply(Span<float> scores)
    {
        float largest = TensorPrimitives.Max(scores);
        TensorPrimitives.Subtract(scores, largest, scores);
        TensorPrimitives.Exp(scores, scores);
        float sum = TensorPrimitives.Sum<float>(scores);
        TensorPrimitives.Multiply(scores, 1 / sum, scores);
        return largest + Math.Log(sum);
    }
}
