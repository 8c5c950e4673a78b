using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// What a trainer learns from, in memory: features, labels and, where a weight column was named, weights. Rows whose label is
/// missing are left out.
/// </summary>
public sealed class TrainingSet
{
    internal TrainingSet(FeatureMatrix features, float[] labels, float[]? weights, int classCount, int[]? groups = null)
    {
        (Features, Labels, Weights, ClassCount, Groups) = (features, labels, weights, classCount, groups);
    }

    public FeatureMatrix Features { get; }

    /// <summary>The number to predict; 0 or 1 for two classes; the class, counted from 0, for several.</summary>
    public float[] Labels { get; }

    /// <summary>How much each row counts; <see langword="null"/> when all count the same.</summary>
    public float[]? Weights { get; }

    /// <summary>The number of classes; 0 for regression.</summary>
    public int ClassCount { get; }

    /// <summary>The group of each row, numbered by first appearance; <see langword="null"/> where groups do not matter.</summary>
    public int[]? Groups { get; }

    /// <summary>Pairs of first and last feature that one-hot encoding made of one column; none where nothing is known of them.</summary>
    public int[] CategoricalSlotRanges { get; init; } = [];

    public int RowCount => Features.RowCount;

    public float WeightOf(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>Some of the rows, with labels of their own.</summary>
    internal TrainingSet Select(int[] rows, float[] labels, int classCount) =>
        new(Features.Select(rows), labels, Weights is null ? null : Array.ConvertAll(rows, row => Weights[row]), classCount,
            Groups is null ? null : Array.ConvertAll(rows, row => Groups[row])) { CategoricalSlotRanges = CategoricalSlotRanges };
}
