namespace MLPipelines.Trainers.Trees;

/// <summary>Which features one-hot encoding made of one column.</summary>
internal static class SlotGroups
{
    /// <summary>The runs of at least two slots that the feature column is annotated with.</summary>
    internal static IReadOnlyList<SlotGroup> Of(TrainingSet examples)
    {
        List<SlotGroup> groups = [];
        int[] ranges = examples.CategoricalSlotRanges;
        for (int i = 0; i + 1 < ranges.Length; i += 2)
        {
            int first = ranges[i], count = ranges[i + 1] - first + 1;
            if (count > 1 && first >= 0 && first + count <= examples.Features.ColumnCount) groups.Add(new SlotGroup(first, count));
        }
        return groups;
    }
}
