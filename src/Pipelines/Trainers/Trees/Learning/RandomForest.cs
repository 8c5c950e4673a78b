namespace MLPipelines.Trainers.Trees;

/// <summary>Trees that are each learned from a sample of the rows, with a sample of the features per split, and averaged (Breiman, "Random Forests", 2001).</summary>
internal static class RandomForest
{
    /// <summary>Learns the mean of labels: leaves are means, and the ensemble's score the mean of its trees.</summary>
    /// <param name="training">What is learned from.</param>
    /// <param name="options">How trees grow; the learning rate does not count, <see cref="BoostingOptions.RowFraction"/> of the rows are drawn for each tree.</param>
    /// <param name="environment">Progress and cancellation.</param>
    public static TreeEnsemble Learn(BoostingSet training, BoostingOptions options, TrainingEnvironment environment)
    {
        BoostingCheck.Options(options, training.Features.ColumnCount);
        var objective = new SquaredObjective();
        BoostingCheck.Rows(training, objective, options.Name);
        using WorkTeam team = WorkTeam.For(training.Features, options);
        var matrix = new BinnedMatrix(training.Features, options, team, 1);
        var growers = new GrowerSet(matrix, options, team, sideBySide: team.Size > 1 && !options.IsInOrder);
        var pass = new GradientPass(objective, training, new float[training.RowCount], team);
        pass.Compute();
        pass.Fix();
        int[] counting = BoostingSample.Counting(training);
        RowChances? chances = RowChances.Of(options);
        var trees = new GrownTree[options.TreeCount];
        for (int first = 0; first < trees.Length; first += team.Size)
        {
            int start = first;
            int[][] drawn = [.. Enumerable.Range(start, Math.Min(team.Size, trees.Length - first)).Select(tree => Rows(tree))];
            growers.Run(Math.Min(team.Size, trees.Length - first), (grower, i) => trees[start + i] = Grow(grower, start + i, drawn[i]));
            environment.Report(options.Name, Math.Min(trees.Length, first + team.Size), trees.Length);
        }
        // A tree that found nothing to ask is left out, where others did.
        GrownTree[] kept = Array.FindAll(trees, tree => tree.NodeCount > 0) is { Length: > 0 } some ? some : trees;
        return new TreeEnsemble(matrix.FeatureCount, 1, [.. kept.Select(tree => tree.ToTree(matrix, 1.0 / kept.Length))], [0]);

        int[] Rows(int tree) => options.RowFraction >= 1 ? counting : chances?.Draw(counting, training.RowCount) ?? BoostingSample.Share(counting, training.RowCount, options, tree);

        GrownTree Grow(TreeGrower grower, int number, int[] rows)
        {
            GrownTree tree = grower.Grow(pass.Pairs[0], rows, number);
            if (training.Weights is { } weights) grower.SetCovers(tree, weights);
            return tree;
        }
    }
}
