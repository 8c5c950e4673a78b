using MLPipelines.Trainers;

namespace MLPipelines.Calibrators;

/// <summary>A model of two classes whose score is a multiple of the log of the odds: the probability is a sigmoid of it.</summary>
/// <typeparam name="TSubModel">The model.</typeparam>
internal sealed class SigmoidModelParameters<TSubModel> : CalibratedModelParametersBase<TSubModel, PlattCalibrator>, IFeatureWeights where TSubModel : class, IScoringModel
{
    /// <param name="subModel">Computes the score.</param>
    /// <param name="slope">The log of the odds is the score times this.</param>
    internal SigmoidModelParameters(TSubModel subModel, double slope) : this(subModel, new PlattCalibrator(-slope, offset: 0)) { }

    internal SigmoidModelParameters(TSubModel subModel, PlattCalibrator calibrator) : base(subModel, calibrator) { }

    public override string TypeId => KindOf(SubModel.TypeId);

    /// <summary>The kind of a model with a sigmoid, from its kind without.</summary>
    internal static string KindOf(string subModel) => $"calibrated-{subModel}";

    // A model that does not know which features it uses may use all.
    float IFeatureWeights.WeightOf(int feature) => (SubModel as IFeatureWeights)?.WeightOf(feature) ?? 1;

    public override void Save(ModelStepWriter writer)
    {
        SubModel.Save(writer.Section("model"));
        Calibrator.Save(writer.Section("calibrator"));
    }

    internal static CalibratedModelParametersBase<TSubModel, PlattCalibrator> Load(ModelStepReader reader, Func<ModelStepReader, TSubModel> load) =>
        new SigmoidModelParameters<TSubModel>(load(reader.Section("model")), PlattCalibrator.Load(reader.Section("calibrator")));
}
