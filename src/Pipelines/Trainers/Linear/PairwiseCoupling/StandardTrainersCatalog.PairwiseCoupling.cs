using MLPipelines.Calibrators;
using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>Several classes by a trainer for two, each class against each other one.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="binaryEstimator">Learns to tell one class from another; one of <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="imputeMissingLabelsAsNegative">Without effect: rows without a label belong to no pair of classes, and are left out.</param>
    /// <param name="calibrator">Makes probabilities of scores for trainers whose models have none; one of <c>mlContext.BinaryClassification.Calibrators</c>, <see langword="null"/> for a sigmoid.</param>
    /// <param name="maximumCalibrationExampleCount">How many examples a calibrator learns from at most.</param>
    public static PairwiseCouplingTrainer PairwiseCoupling<TModel>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binaryEstimator,
        string labelColumnName = "Label",
        bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
        int maximumCalibrationExampleCount = 1_000_000_000)
        where TModel : class, IScoringModel
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        return new PairwiseCouplingTrainer(catalog.Environment, BinaryLearner.Of(binaryEstimator), labelColumnName, ScoreCalibration.Of(calibrator, maximumCalibrationExampleCount));
    }
}
