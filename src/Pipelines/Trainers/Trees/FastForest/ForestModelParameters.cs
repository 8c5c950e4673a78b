using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>A model of a forest: trees that learned apart from each other.</summary>
public abstract class TreeEnsembleModelParametersBasedOnQuantileRegressionTree : TreeEnsembleModelParameters
{
    private readonly Lazy<QuantileRegressionTreeEnsemble> _trees;

    private protected TreeEnsembleModelParametersBasedOnQuantileRegressionTree(TreeEnsemble ensemble, LeafSamples? samples = null) : base(ensemble)
    {
        Samples = samples;
        _trees = new(() => new QuantileRegressionTreeEnsemble([.. ensemble.Trees.Select((tree, i) => new QuantileRegressionTree(tree, i, TreeCount, samples))], ensemble.Bias[0] * TreeCount));
    }

    /// <summary>The trees. A leaf holds the mean of the labels that came to it.</summary>
    public QuantileRegressionTreeEnsemble TrainedTreeEnsemble => _trees.Value;

    internal LeafSamples? Samples { get; }

    // The leaves of the ensemble are divided by it, so that their sum is a mean.
    private protected int TreeCount => Ensemble.Trees.Count;

    internal override double LeafValue(DecisionTree tree, int leaf) => (double)tree.LeafValues[leaf] * TreeCount;
}

/// <summary>A forest for two classes: each tree says between −1 and 1, the score is the sum, and the prediction is true where it is above 0.</summary>
public sealed class FastForestBinaryModelParameters : TreeEnsembleModelParametersBasedOnQuantileRegressionTree
{
    internal const string Kind = "fast-forest-binary";

    internal FastForestBinaryModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    public override void Score(RowVector<float> features, Span<float> scores)
    {
        base.Score(features, scores);
        scores[0] *= TreeCount;
    }

    internal static FastForestBinaryModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>A forest for numbers: the score is the mean of what the trees say.</summary>
public sealed class FastForestRegressionModelParameters : TreeEnsembleModelParametersBasedOnQuantileRegressionTree
{
    internal const string Kind = "fast-forest-regression";

    internal FastForestRegressionModelParameters(TreeEnsemble ensemble, LeafSamples? samples) : base(ensemble, samples) { }

    public override string TypeId => Kind;

    /// <summary>Quantiles of the labels that training rows had in the leaves where a row comes to: how far the truth may be from the score.</summary>
    /// <param name="features">The features of the row.</param>
    /// <param name="quantiles">Which, each between 0 and 1: 0.5 for the median.</param>
    /// <exception cref="InvalidOperationException">The forest was trained with <see cref="FastForestOptionsBase.NumberOfQuantileSamples"/> = 0.</exception>
    /// <remarks>Meinshausen, "Quantile Regression Forests" (2006); between two labels the quantile is in a straight line (type 8 of Hyndman and Fan, 1996).</remarks>
    public float[] GetQuantiles(ReadOnlySpan<float> features, params ReadOnlySpan<double> quantiles)
    {
        if (Samples is null) throw new InvalidOperationException($"The forest was trained with {nameof(FastForestOptionsBase.NumberOfQuantileSamples)} = 0, so that it knows no labels.");
        if (features.Length != FeatureCount) throw new ArgumentException($"A vector of {FeatureCount} features expected, {features.Length} found.", nameof(features));
        List<float> labels = [];
        for (int t = 0; t < TreeCount; t++) labels.AddRange(Samples.Of(t, Ensemble.Trees[t].LeafOf(features)));
        labels.Sort();
        float[] values = new float[quantiles.Length];
        for (int i = 0; i < values.Length; i++)
        {
            OptionCheck.Share(quantiles[i], nameof(quantiles));
            double place = Math.Clamp((labels.Count + 1 / 3.0) * quantiles[i] - 2 / 3.0, 0, labels.Count - 1);
            int below = (int)place, above = Math.Min(below + 1, labels.Count - 1);
            values[i] = (float)(labels[below] + (place - below) * ((double)labels[above] - labels[below]));
        }
        return values;
    }

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("has-samples", Samples is not null);
        Samples?.Save(writer.Section("samples"));
    }

    internal static FastForestRegressionModelParameters Load(ModelStepReader reader)
    {
        TreeEnsemble ensemble = TreeEnsemble.Load(reader.Section("trees"));
        return new(ensemble, reader.GetBoolean("has-samples") ? LeafSamples.Load(reader.Section("samples"), [.. ensemble.Trees.Select(tree => tree.LeafCount)]) : null);
    }
}
