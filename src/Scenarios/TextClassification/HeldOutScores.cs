using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Measures a candidate by the margins of rows that it did not learn from.</summary>
internal static class HeldOutScores
{
    /// <param name="candidate">The candidate.</param>
    /// <param name="margins">Row after row, one per class.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classCount">The number of classes.</param>
    internal static CandidateResult Measure(TextClassificationCandidate candidate, float[] margins, int[] labels, int classCount)
    {
        if (labels.Length == 0) return new CandidateResult(candidate, 0, double.PositiveInfinity, 1);
        float inverseTemperature = TemperatureScaling.InverseTemperature(margins, labels, classCount);
        float[] probabilities = new float[classCount];
        int right = 0;
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> own = margins.AsSpan(row * classCount, classCount);
            if (TensorPrimitives.IndexOfMax(own) == labels[row]) right++;
            TensorPrimitives.Multiply(own, inverseTemperature, probabilities);
            TensorPrimitives.SoftMax(probabilities, probabilities);
            loss -= Math.Log(Math.Max(probabilities[labels[row]], 1e-15));
        }
        return new CandidateResult(candidate, (double)right / labels.Length, loss / labels.Length, inverseTemperature);
    }
}
