namespace MLPipelines.Trainers.Trees;

/// <summary>Rows of a ranking by their groups, each of which is a run of rows for the learning of trees.</summary>
internal static class RankedRows
{
    /// <summary>The rows of an example set, those of one group next to each other; copied only where they are not.</summary>
    internal static BoostingSet Of(TrainingSet examples)
    {
        int[] groups = examples.Groups!;
        bool isSorted = true;
        for (int row = 1; row < groups.Length; row++) isSorted &= groups[row] >= groups[row - 1];
        if (!isSorted)
        {
            int[] rows = [.. Enumerable.Range(0, groups.Length).OrderBy(row => groups[row])];
            examples = examples.Select(rows, Array.ConvertAll(rows, row => examples.Labels[row]), examples.ClassCount);
            groups = examples.Groups!;
        }
        List<int> starts = [];
        for (int row = 0; row < groups.Length; row++)
            if (row == 0 || groups[row] != groups[row - 1]) starts.Add(row);
        return BoostingSet.Of(examples, [.. starts, groups.Length]);
    }
}
