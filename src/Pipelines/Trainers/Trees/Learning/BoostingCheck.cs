using System.Globalization;

namespace MLPipelines.Trainers.Trees;

/// <summary>Says what is wrong with options or rows before work begins.</summary>
internal static class BoostingCheck
{
    internal static void Options(BoostingOptions options, int features)
    {
        OptionCheck.AboveZero(options.TreeCount, nameof(options.TreeCount));
        OptionCheck.Between(2, options.LeafCount, 1 << 20, nameof(options.LeafCount));
        OptionCheck.Between(2, options.MaximumBinCount, 255, nameof(options.MaximumBinCount));
        OptionCheck.AboveZero((float)options.LearningRate, nameof(options.LearningRate));
        OptionCheck.NotBelowZero((float)options.L1, nameof(options.L1));
        OptionCheck.NotBelowZero((float)options.L2, nameof(options.L2));
        if (options.Threads is { } threads) OptionCheck.AboveZero(threads, nameof(options.Threads));
        Share(options.RowFraction, nameof(options.RowFraction));
        Share(options.FeatureFraction, nameof(options.FeatureFraction));
        Share(options.FeatureFractionPerSplit, nameof(options.FeatureFractionPerSplit));
        if (options.MonotoneConstraints.Count is not 0 and var count && count != features)
            throw new ArgumentOutOfRangeException(nameof(options), count, $"MonotoneConstraints has {count} entries, expected one for each of the {features} features.");
        foreach (int feature in options.CategoricalFeatures) OptionCheck.Between(0, feature, features - 1, nameof(options.CategoricalFeatures));
        foreach (SlotGroup group in options.OneHotGroups)
            if (group.First < 0 || group.Count <= 0 || group.First + group.Count > features) throw new ArgumentOutOfRangeException(nameof(options), $"The slots {group.First} to {group.First + group.Count - 1} are not all among the {features} features.");
    }

    internal static void Rows(BoostingSet rows, BoostingObjective objective, string name)
    {
        if (rows.RowCount != rows.Features.RowCount) throw new ArgumentException($"{name}: {rows.RowCount} labels for {rows.Features.RowCount} rows.", nameof(rows));
        if (rows.RowCount == 0) throw new MLPipelinesException($"{name}: there are no rows to learn from.");
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (!float.IsFinite(rows.Labels[row])) throw Label(name, row, rows.Labels[row], "a finite number");
            if (rows.Weights is { } weights && !(weights[row] >= 0 && float.IsFinite(weights[row])))
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{name}: row {row} has the weight {weights[row]}, expected a number of at least 0."));
        }
        if (rows.Weights is { } all && Array.TrueForAll(all, weight => weight == 0)) throw new MLPipelinesException($"{name}: every row has the weight 0; at least one must count.");
        if (objective.NeedsGroups && (rows.Groups is not { Length: > 1 } groups || groups[0] != 0 || groups[^1] != rows.RowCount))
            throw new MLPipelinesException($"{name}: ranking learns from groups of rows; name the column of groups.");
        for (int row = 0; row < rows.RowCount; row++)
            if (objective.LabelProblem(rows.Labels[row]) is { } expected) throw Label(name, row, rows.Labels[row], expected);
    }

    private static MLPipelinesException Label(string name, int row, float label, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: row {row} has the label {label}, expected {expected}."));

    private static void Share(double value, string name)
    {
        if (!(value > 0 && value <= 1)) throw new ArgumentOutOfRangeException(name, value, $"{name} is above 0 and at most 1.");
    }
}
