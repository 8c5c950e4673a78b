using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>A model whose score is the sum of what the leaves of its trees say. Missing features, NaN, have a side of each split. Immutable.</summary>
public abstract class TreeEnsembleModelParameters : ICalculateFeatureContribution, IFeatureWeights
{
    private readonly Lazy<bool[]> _used;

    private protected TreeEnsembleModelParameters(TreeEnsemble ensemble) => (Ensemble, _used) = (ensemble, new(() => ensemble.UsedFeatures()));

    internal TreeEnsemble Ensemble { get; }

    public abstract string TypeId { get; }

    public int FeatureCount => Ensemble.FeatureCount;

    public int ScoreCount => Ensemble.OutputCount;

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator =>
        Ensemble.KnowsCovers ? new TreeContributions(Ensemble, ScoreScale) : new TreePathContributions(Ensemble, ScoreScale);

    /// <summary>What the sum of the trees is multiplied by.</summary>
    private protected virtual float ScoreScale => 1;

    /// <summary>What a leaf of a tree adds, as <c>TrainedTreeEnsemble</c> says it.</summary>
    internal virtual double LeafValue(DecisionTree tree, int leaf) => tree.LeafValues[leaf];

    float IFeatureWeights.WeightOf(int feature) => _used.Value[feature] ? 1 : 0;

    public virtual void Score(RowVector<float> features, Span<float> scores) => Ensemble.Score(features, scores);

    public virtual void Save(ModelStepWriter writer) => Ensemble.Save(writer.Section("trees"));

    /// <summary>How much the splits on each feature gained: the root of the sum of gains, relative to that of the best feature, which has 1.</summary>
    /// <param name="weights">One weight per feature; 0 for features that no tree uses.</param>
    public void GetFeatureWeights(ref VBuffer<float> weights)
    {
        double[] gains = Ensemble.FeatureGains();
        double most = gains.Length == 0 ? 0 : gains.Max();
        weights = new VBuffer<float>(gains.Length, Array.ConvertAll(gains, gain => most > 0 ? (float)Math.Sqrt(Math.Max(0, gain) / most) : 0));
    }

    /// <summary>How many splits ask about each feature. ML.NET's models do not have it.</summary>
    /// <param name="counts">One count per feature; 0 for features that no tree uses.</param>
    public void GetFeatureSplitCounts(ref VBuffer<float> counts)
    {
        double[] splits = Ensemble.FeatureSplits();
        counts = new VBuffer<float>(splits.Length, Array.ConvertAll(splits, split => (float)split));
    }
}

/// <summary>A model of boosted trees.</summary>
public abstract class TreeEnsembleModelParametersBasedOnRegressionTree : TreeEnsembleModelParameters
{
    private readonly Lazy<RegressionTreeEnsemble> _trees;

    private protected TreeEnsembleModelParametersBasedOnRegressionTree(TreeEnsemble ensemble) : base(ensemble) =>
        _trees = new(() => new RegressionTreeEnsemble([.. ensemble.Trees.Select(tree => new RegressionTree(tree))], ensemble.Bias[0]));

    /// <summary>The trees.</summary>
    public RegressionTreeEnsemble TrainedTreeEnsemble => _trees.Value;
}
