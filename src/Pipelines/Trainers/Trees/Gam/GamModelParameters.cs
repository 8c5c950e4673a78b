using MLPipelines.Data;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// A generalized additive model: the score is a number and, for each feature, a function of this feature alone. The functions are
/// steps: constant between bounds. Their means over the training set are 0. Immutable.
/// </summary>
public abstract class GamModelParametersBase : IScoringModel, IFeatureWeights
{
    private protected GamModelParametersBase(ShapeFunctions shapes) => Shapes = shapes;

    internal ShapeFunctions Shapes { get; }

    /// <summary>The mean score of the training set.</summary>
    public double Bias => Shapes.Intercept;

    /// <summary>How many features have a function; the others have too few different values.</summary>
    public int NumberOfShapeFunctions => Shapes.Count;

    public abstract string TypeId { get; }

    public int FeatureCount => Shapes.FeatureCount;

    public int ScoreCount => 1;

    /// <summary>The rising numbers up to which the steps of a feature's function go, the last one infinity; none for a feature without a function.</summary>
    /// <param name="featureIndex">The feature, counted from 0.</param>
    public IReadOnlyList<double> GetBinUpperBounds(int featureIndex) => Shapes.BoundsOf(featureIndex);

    /// <summary>What each step of a feature's function adds to the score; none for a feature without a function.</summary>
    /// <param name="featureIndex">The feature, counted from 0.</param>
    public IReadOnlyList<double> GetBinEffects(int featureIndex) => Shapes.EffectsOf(featureIndex);

    float IFeatureWeights.WeightOf(int feature) => Shapes.EffectsOf(feature).Length;

    public void Score(RowVector<float> features, Span<float> scores) => scores[0] = (float)Shapes.Score(features);

    public void Save(ModelStepWriter writer) => Shapes.Save(writer);
}

/// <summary>A generalized additive model of two classes: the score is the log of the odds.</summary>
public sealed class GamBinaryModelParameters : GamModelParametersBase
{
    internal const string Kind = "gam-binary";

    internal GamBinaryModelParameters(ShapeFunctions shapes) : base(shapes) { }

    public override string TypeId => Kind;

    internal static GamBinaryModelParameters Load(ModelStepReader reader) => new(ShapeFunctions.Load(reader));
}

/// <summary>A generalized additive model of a number: the score is the prediction.</summary>
public sealed class GamRegressionModelParameters : GamModelParametersBase
{
    internal const string Kind = "gam-regression";

    internal GamRegressionModelParameters(ShapeFunctions shapes) : base(shapes) { }

    public override string TypeId => Kind;

    internal static GamRegressionModelParameters Load(ModelStepReader reader) => new(ShapeFunctions.Load(reader));
}
