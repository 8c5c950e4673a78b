using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Measures a candidate by rows that it did not learn from.</summary>
internal static class HeldOutScores
{
    internal static CandidateResult Measure(
        TextClassificationCandidate candidate, CandidateTrainer trainer, HeldOutFolds folds, int foldCount, int[] labels, int labelCount)
    {
        List<float> margins = [];
        List<int> held = [];
        for (int fold = 0; fold < foldCount; fold++)
        {
            int[] rows = folds.Others(fold);
            // A label that is in no row to learn from cannot be predicted by any candidate.
            bool[] learned = new bool[labelCount];
            foreach (int row in rows) learned[labels[row]] = true;
            int[] heldOut = Array.FindAll(folds.HeldOut(fold), row => learned[labels[row]]);
            // With a handful of rows a part may be empty, or leave one label only to learn from.
            if (heldOut.Length == 0 || learned.Count(l => l) < 2) continue;
            margins.AddRange(trainer.Margins(candidate, rows, heldOut));
            held.AddRange(heldOut.Select(row => labels[row]));
        }
        return held.Count == 0 ? new CandidateResult(candidate, double.NaN, double.PositiveInfinity, 1)
            : Measure(candidate, [.. margins], [.. held], labelCount);
    }

    private static CandidateResult Measure(TextClassificationCandidate candidate, float[] margins, int[] labels, int labelCount)
    {
        float inverseTemperature = TemperatureScaling.InverseTemperature(margins, labels, labelCount);
        float[] probabilities = new float[labelCount];
        int right = 0;
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> own = margins.AsSpan(row * labelCount, labelCount);
            if (TensorPrimitives.IndexOfMax(own) == labels[row]) right++;
            TensorPrimitives.Multiply(own, inverseTemperature, probabilities);
            Softmax.Apply(probabilities);
            loss -= Math.Log(Math.Max(probabilities[labels[row]], 1e-15));
        }
        return new CandidateResult(candidate, (double)right / labels.Length, loss / labels.Length, inverseTemperature) { HeldOut = new HeldOutMargins(margins, labels) };
    }
}
