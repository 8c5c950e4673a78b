using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Calibrators;

/// <summary>A model of two classes and what turns its scores into probabilities.</summary>
public abstract class CalibratedModelParametersBase : ICalibratedModel
{
    private protected CalibratedModelParametersBase(IScoringModel subModel, ICalibrator calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    /// <summary>Computes the scores.</summary>
    public object SubModel { get; }

    /// <summary>Turns scores into probabilities.</summary>
    public ICalibrator Calibrator { get; }

    public abstract string TypeId { get; }

    public int FeatureCount => Scores.FeatureCount;

    public int ScoreCount => 1;

    private IScoringModel Scores => (IScoringModel)SubModel;

    public void Score(RowVector<float> features, Span<float> scores) => Scores.Score(features, scores);

    public float Probability(float score) => Calibrator.PredictProbability(score);

    public abstract void Save(ModelStepWriter writer);
}

/// <summary>A model of two classes and its calibrator, by their types.</summary>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase
    where TSubModel : class, IScoringModel
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator) : base(subModel, calibrator) { }

    public new TSubModel SubModel => (TSubModel)base.SubModel;

    public new TCalibrator Calibrator => (TCalibrator)base.Calibrator;
}

/// <summary>A linear model of two classes with probabilities from a sigmoid, as logistic regression learns it.</summary>
public sealed class CalibratedLinearModelParameters : CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>, IFeatureWeights
{
    internal CalibratedLinearModelParameters(LinearBinaryModelParameters subModel, PlattCalibrator calibrator) : base(subModel, calibrator) { }

    /// <summary>A logistic regression: the score is the log of the odds.</summary>
    internal static CalibratedLinearModelParameters Logistic(float[] weights, float bias, ModelStatisticsBase? statistics = null) =>
        new(new LinearBinaryModelParameters(weights, bias, statistics), new PlattCalibrator(slope: -1, offset: 0));

    public override string TypeId => "calibrated-linear-binary";

    float IFeatureWeights.WeightOf(int feature) => SubModel.Weights[feature];

    public override void Save(ModelStepWriter writer)
    {
        SubModel.Save(writer.Section("model"));
        Calibrator.Save(writer.Section("calibrator"));
    }

    internal static CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> Load(ModelStepReader reader) =>
        new CalibratedLinearModelParameters(LinearBinaryModelParameters.Load(reader.Section("model")), PlattCalibrator.Load(reader.Section("calibrator")));
}
