using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>A trainer for two classes, as a trainer that is made of several of them uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FeatureColumnName">Its feature column.</param>
/// <param name="WeightColumnName">Its weight column, if it has one.</param>
/// <param name="AcceptsMissingValues">Whether features may be NaN.</param>
/// <param name="Learn">Learns from examples whose labels are 0 and 1.</param>
internal sealed record BinaryLearner(string Name, string FeatureColumnName, string? WeightColumnName, bool AcceptsMissingValues, Func<TrainingSet, TrainingEnvironment, IScoringModel> Learn)
{
    internal static BinaryLearner Of<TModel>(ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> estimator) where TModel : class, IScoringModel =>
        estimator is BinaryTrainer<TModel> trainer
            ? new BinaryLearner(trainer.Name, trainer.FeatureColumnName, trainer.WeightColumnName, trainer.TakesMissingValues, trainer.TrainOn)
            : throw new ArgumentException($"{estimator.GetType()} found, expected a trainer of mlContext.BinaryClassification.Trainers.", nameof(estimator));

    /// <summary>Learns a model with probabilities: where it has none of its own, a calibrator is fitted to its scores of the same examples.</summary>
    internal ICalibratedModel LearnCalibrated(TrainingSet examples, TrainingEnvironment environment, ScoreCalibration calibration)
    {
        IScoringModel model = Learn(examples, environment);
        if (model is ICalibratedModel calibrated) return calibrated;
        ISavedCalibrator calibrator = calibration.Learn(model, examples);
        return model is LinearBinaryModelParameters linear && calibrator is PlattCalibrator sigmoid
            ? new CalibratedLinearModelParameters(linear, sigmoid)
            : new CalibratedScoringModel(model, calibrator);
    }
}
