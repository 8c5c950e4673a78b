using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers;

/// <summary>
/// Trees that part rows at random: the score of a row is 2^(−h / c(n)), where h is the mean length of its path through the trees and c(n) the
/// mean length of a search without success in a tree of n rows. Near 1 for an anomaly, below 0.5 for a usual row. Immutable.
/// </summary>
/// <remarks>What features contribute is about the binary logarithm of the score.</remarks>
public sealed class IsolationForestModelParameters : ICalculateFeatureContribution
{
    private readonly TreeEnsemble _trees;
    private readonly int _rowsPerTree;
    private readonly float _scale;

    /// <param name="trees">Trees whose leaves are path lengths.</param>
    /// <param name="rowsPerTree">How many rows each was made of; at least 2.</param>
    internal IsolationForestModelParameters(TreeEnsemble trees, int rowsPerTree) =>
        (_trees, _rowsPerTree, _scale) = (trees, rowsPerTree, (float)(-1 / (IsolationTree.MeanPath(rowsPerTree) * trees.Trees.Count)));

    public string TypeId => "isolation-forest";

    public int FeatureCount => _trees.FeatureCount;

    public int ScoreCount => 1;

    /// <summary>How many trees there are.</summary>
    public int NumberOfTrees => _trees.Trees.Count;

    /// <summary>How many rows each tree was made of.</summary>
    public int NumberOfRowsPerTree => _rowsPerTree;

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new TreeContributions(_trees, _scale);

    public void Score(RowVector<float> features, Span<float> scores)
    {
        _trees.Score(features, scores);
        scores[0] = MathF.Pow(2, scores[0] * _scale);
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("rows-per-tree", _rowsPerTree);
        _trees.Save(writer.Section("trees"));
    }

    internal static IsolationForestModelParameters Load(ModelStepReader reader)
    {
        int rows = reader.GetInt32("rows-per-tree");
        TreeEnsemble trees = TreeEnsemble.Load(reader.Section("trees"));
        return rows >= 2 && trees.OutputCount == 1 && trees.Trees.Count > 0 ? new(trees, rows)
            : throw reader.Invalid($"it has {trees.Trees.Count} trees of {rows} rows, expected at least 1 of at least 2 rows");
    }
}
