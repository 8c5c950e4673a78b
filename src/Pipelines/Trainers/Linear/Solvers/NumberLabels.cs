using System.Globalization;

namespace MLPipelines.Trainers;

/// <summary>What trainers of numbers check of their labels.</summary>
internal static class NumberLabels
{
    internal static void CheckFinite(TrainingSet examples, string trainer, string column) => Check(examples, trainer, column, float.IsFinite, "a finite number");

    internal static void CheckNotNegative(TrainingSet examples, string trainer, string column) =>
        Check(examples, trainer, column, label => label >= 0 && float.IsFinite(label), "a number of at least 0");

    private static void Check(TrainingSet examples, string trainer, string column, Predicate<float> isGood, string expected)
    {
        int row = Array.FindIndex(examples.Labels, label => !isGood(label));
        if (row >= 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"{trainer}: example {row} of those with a label, column '{column}': found {examples.Labels[row]}, expected {expected}."));
    }
}
