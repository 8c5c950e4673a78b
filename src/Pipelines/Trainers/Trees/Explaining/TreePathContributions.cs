namespace MLPipelines.Trainers.Trees;

/// <summary>
/// What features contribute to the sum of trees of which nothing is known but their questions, as ML.NET tells it: at each node on the way of a row, what the tree says less what it would say if the row
/// went the other way there and answered all other questions as it does. These differences do not sum to the score.
/// </summary>
internal sealed class TreePathContributions : FeatureContributionCalculator
{
    private readonly TreeEnsemble _ensemble;
    private readonly float _scale;

    /// <param name="ensemble">The trees.</param>
    /// <param name="scale">What the sum of the trees is multiplied by.</param>
    internal TreePathContributions(TreeEnsemble ensemble, float scale) : base(ensemble.FeatureCount, new double[ensemble.OutputCount]) => (_ensemble, _scale) = (ensemble, scale);

    internal override ContributionKernel CreateKernel()
    {
        float[] row = new float[FeatureCount];
        return (features, contributions) =>
        {
            LinearWeights.CheckLength(features, FeatureCount);
            features.CopyTo(row);
            contributions.Clear();
            for (int t = 0; t < _ensemble.Trees.Count; t++) Add(_ensemble.Trees[t], row, contributions.Slice(t % _ensemble.OutputCount * FeatureCount, FeatureCount));
        };
    }

    private void Add(DecisionTree tree, ReadOnlySpan<float> row, Span<float> contributions)
    {
        if (tree.NodeCount == 0) return;
        float value = tree.Score(row);
        for (int node = 0; node >= 0;)
        {
            bool goesLeft = tree.GoesLeft(node, row);
            float difference = (value - From(tree, goesLeft ? tree.Right[node] : tree.Left[node], row)) * _scale;
            if (!tree.IsSlotSet(node)) contributions[tree.Features[node]] += difference;
            else AddSlots(tree, node, row, goesLeft, difference, contributions);
            node = goesLeft ? tree.Left[node] : tree.Right[node];
        }
    }

    /// <summary>The slot that sent the row to the left has the difference, and the others of the set the opposite; where none did, all have it.</summary>
    private static void AddSlots(DecisionTree tree, int node, ReadOnlySpan<float> row, bool goesLeft, float difference, Span<float> contributions)
    {
        bool isFound = !goesLeft;
        foreach (int slot in tree.SlotsOf(node))
        {
            bool isOwn = !isFound && row[slot] != 0;
            isFound |= isOwn;
            contributions[slot] += isOwn || !goesLeft ? difference : -difference;
        }
    }

    private static float From(DecisionTree tree, int node, ReadOnlySpan<float> row)
    {
        while (node >= 0) node = tree.GoesLeft(node, row) ? tree.Left[node] : tree.Right[node];
        return tree.LeafValues[~node];
    }
}
