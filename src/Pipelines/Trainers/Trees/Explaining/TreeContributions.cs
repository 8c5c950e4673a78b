namespace MLPipelines.Trainers.Trees;

/// <summary>
/// What features contribute to the sum of trees: their Shapley values, exactly, where a feature that is not known sends a row both ways, in the
/// shares of the training rows (Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree ensembles"). What they are added to
/// is the mean of the trees over their training rows.
/// </summary>
internal sealed class TreeContributions : FeatureContributionCalculator
{
    private readonly TreeEnsemble _ensemble;
    private readonly float _scale;
    private readonly IReadOnlyDictionary<int, int> _groups;

    /// <param name="ensemble">The trees.</param>
    /// <param name="scale">What the sum of the trees is multiplied by.</param>
    internal TreeContributions(TreeEnsemble ensemble, float scale = 1) : base(ensemble.FeatureCount, MeansOf(ensemble, scale)) =>
        (_ensemble, _scale, _groups) = (ensemble, scale, GroupsOf(ensemble));

    internal override ContributionKernel CreateKernel()
    {
        double[] sums = new double[FeatureCount * BaseScores.Count];
        float[] row = new float[FeatureCount];
        var shapley = new TreeShapley(_ensemble.Trees.Max(DepthOf) ?? 0, row, sums);
        return (features, contributions) =>
        {
            LinearWeights.CheckLength(features, FeatureCount);
            features.CopyTo(row);
            Array.Clear(sums);
            for (int t = 0; t < _ensemble.Trees.Count; t++) shapley.Add(_ensemble.Trees[t], t % _ensemble.OutputCount);
            for (int i = 0; i < sums.Length; i++) contributions[i] = (float)(sums[i] * _scale);
            foreach (var (first, size) in _groups) MoveToSlotOfRow(row, contributions, first, size);
        };
    }

    /// <summary>What a question about a group of slots contributes stands at the slot that the row has.</summary>
    private void MoveToSlotOfRow(ReadOnlySpan<float> row, Span<float> contributions, int first, int size)
    {
        int slot = row.Slice(first, size).IndexOfAnyExcept(0f);
        if (slot <= 0) return;
        for (int start = first; start < contributions.Length; start += FeatureCount)
            (contributions[start], contributions[start + slot]) = (0, contributions[start] + contributions[start + slot]);
    }

    /// <summary>The groups of slots that nodes ask about: first slot and how many.</summary>
    private static Dictionary<int, int> GroupsOf(TreeEnsemble ensemble)
    {
        var groups = new Dictionary<int, int>();
        foreach (DecisionTree tree in ensemble.Trees)
        {
            for (int node = 0; node < tree.NodeCount; node++)
            {
                if (!tree.IsSlotSet(node)) continue;
                int first = tree.Features[node];
                // No further than slots that sets name: what comes after may be another feature.
                groups[first] = Math.Max(groups.GetValueOrDefault(first), tree.SlotsOf(node).DefaultIfEmpty(first).Max() + 1 - first);
            }
        }
        return groups;
    }

    private static int? DepthOf(DecisionTree tree)
    {
        // Children come after their parents.
        int[] depths = new int[tree.NodeCount];
        int deepest = 0;
        for (int node = 0; node < depths.Length; node++)
        {
            deepest = Math.Max(deepest, depths[node] + 1);
            if (tree.Left[node] >= 0) depths[tree.Left[node]] = depths[node] + 1;
            if (tree.Right[node] >= 0) depths[tree.Right[node]] = depths[node] + 1;
        }
        return deepest;
    }

    private static double[] MeansOf(TreeEnsemble ensemble, float scale)
    {
        double[] means = [.. ensemble.Bias];
        for (int t = 0; t < ensemble.Trees.Count; t++) means[t % means.Length] += MeanOf(ensemble.Trees[t]);
        return Array.ConvertAll(means, mean => mean * scale);
    }

    private static double MeanOf(DecisionTree tree)
    {
        double[] means = new double[tree.NodeCount];
        for (int node = means.Length - 1; node >= 0; node--)
        {
            double left = TreeShapley.LeftShare(tree, node);
            means[node] = left * Of(tree.Left[node]) + (1 - left) * Of(tree.Right[node]);
        }
        return Of(tree.NodeCount > 0 ? 0 : ~0);

        double Of(int child) => child >= 0 ? means[child] : tree.LeafValues[~child];
    }
}
