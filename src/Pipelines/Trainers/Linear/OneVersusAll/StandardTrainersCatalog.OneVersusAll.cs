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
    /// <param name="calibrator">Makes probabilities of scores for trainers whose models have none; one of <c>mlContext.BinaryClassification.Calibrators</c>, <see langword="null"/> for a sigmoid.</param>
    /// <param name="maximumCalibrationExampleCount">How many examples a calibrator learns from at most.</param>
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
        return new OneVersusAllTrainer(catalog.Environment, BinaryLearner.Of(binaryEstimator), labelColumnName, imputeMissingLabelsAsNegative,
            ScoreCalibration.Of(calibrator, maximumCalibrationExampleCount), useProbabilities);
    }
}
