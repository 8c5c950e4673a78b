namespace MLPipelines.Trainers.Trees;

/// <summary>The scores of the training rows so far, output after output.</summary>
internal sealed class TrainingScores
{
    private const int RowsPerPart = 4096;

    private readonly BinnedMatrix _matrix;
    private readonly WorkTeam _team;

    internal TrainingScores(BinnedMatrix matrix, double[] bias, WorkTeam team)
    {
        (_matrix, _team) = (matrix, team);
        Values = GC.AllocateUninitializedArray<float>(checked(matrix.RowCount * bias.Length));
        for (int k = 0; k < bias.Length; k++) Values.AsSpan(k * matrix.RowCount, matrix.RowCount).Fill((float)bias[k]);
    }

    internal float[] Values { get; }

    /// <summary>Adds the tree that was just grown: its rows lie leaf by leaf.</summary>
    internal void Add(TreeGrower grower, GrownTree tree, int output)
    {
        int start = output * _matrix.RowCount;
        grower.ForLeaves(leaf =>
        {
            Span<float> scores = Values.AsSpan(start, _matrix.RowCount);
            float value = (float)tree.LeafValues[leaf];
            foreach (int row in grower.RowsOf(leaf)) scores[row] += value;
        });
    }

    /// <summary>Adds a tree to all rows, whether it was learned from them or not.</summary>
    internal void AddByWalk(GrownTree tree, int output, double factor) => _team.Run((_matrix.RowCount + RowsPerPart - 1) / RowsPerPart, part =>
    {
        Span<float> scores = Values.AsSpan(output * _matrix.RowCount, _matrix.RowCount);
        for (int row = part * RowsPerPart, end = Math.Min(_matrix.RowCount, row + RowsPerPart); row < end; row++)
            scores[row] += (float)(factor * tree.LeafValues[tree.LeafOf(_matrix, row)]);
    });
}
