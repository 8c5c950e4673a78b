using MLPipelines.Calibrators;
using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>Several classes by a trainer for two, one class against all others.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="binaryEstimator">Learns to tell one class from the others; one of <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="imputeMissingLabelsAsNegative">Whether rows without a label count as examples of "the others" for every class; otherwise they are left out.</param>
    /// <param name="calibrator">For trainers whose models have no probabilities. Those of this library have, and it is not used.</param>
    /// <param name="maximumCalibrationExampleCount">How many examples a calibrator learns from; not used without one.</param>
    /// <param name="useProbabilities">Whether scores are probabilities that sum to 1, or the scores of the models as they are.</param>
    public static OneVersusAllTrainer OneVersusAll<TModel>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binaryEstimator,
        string labelColumnName = "Label",
        bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
        int maximumCalibrationExampleCount = 1000000000,
        bool useProbabilities = true)
        where TModel : class, IScoringModel
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumCalibrationExampleCount);
        return new OneVersusAllTrainer(catalog.Environment, BinaryLearner.Of(binaryEstimator), labelColumnName, imputeMissingLabelsAsNegative, useProbabilities);
    }
}
