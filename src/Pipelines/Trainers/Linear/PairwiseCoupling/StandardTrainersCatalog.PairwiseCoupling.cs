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
    /// <param name="calibrator">Not used: where models have no probabilities, a sigmoid is fitted to their scores.</param>
    /// <param name="maximumCalibrationExampleCount">Not used: the sigmoid is fitted to all examples.</param>
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
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumCalibrationExampleCount);
        return new PairwiseCouplingTrainer(catalog.Environment, BinaryLearner.Of(binaryEstimator), labelColumnName);
    }
}
