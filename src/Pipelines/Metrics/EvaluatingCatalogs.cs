using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines;

public sealed partial class BinaryClassificationCatalog
{
    /// <summary>Metrics of a model that gives probabilities, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">Boolean; or a number, positive above 0; or a key of two categories, of which the second is positive. Rows with a missing label are left out.</param>
    /// <param name="scoreColumnName">Ranks the rows for the areas under the curves.</param>
    /// <param name="probabilityColumnName">The probability of the positive class.</param>
    /// <param name="predictedLabelColumnName">Boolean; what accuracy, precision and recall are made of, so that a changed threshold counts.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, 0 or more; <see langword="null"/> when all count the same. ML.NET's method has no such parameter.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public CalibratedBinaryClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel", string? exampleWeightColumnName = null) =>
        new(Calibrated(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName, exampleWeightColumnName));

    /// <summary>Metrics of a model without probabilities, from data that it has transformed. The columns are as in <see cref="Evaluate"/>.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public BinaryClassificationMetrics EvaluateNonCalibrated(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", string? exampleWeightColumnName = null) =>
        new(NonCalibrated(data, labelColumnName, scoreColumnName, predictedLabelColumnName, exampleWeightColumnName));

    /// <summary>Metrics as <see cref="Evaluate"/> gives them, and what each threshold would give. The columns are as there.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public CalibratedBinaryClassificationMetrics EvaluateWithPRCurve(IDataView data, string labelColumnName, string scoreColumnName,
        string probabilityColumnName, string predictedLabelColumnName, out List<BinaryPrecisionRecallDataPoint> prCurve)
    {
        BinaryTally tally = Calibrated(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName, weight: null);
        prCurve = [.. tally.Ranking().Points()];
        return new(tally);
    }

    /// <summary>Metrics as <see cref="EvaluateNonCalibrated"/> gives them, and what each threshold would give. The columns are as there.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public BinaryClassificationMetrics EvaluateWithPRCurve(IDataView data, string labelColumnName, string scoreColumnName,
        string predictedLabelColumnName, out List<BinaryPrecisionRecallDataPoint> prCurve)
    {
        BinaryTally tally = NonCalibrated(data, labelColumnName, scoreColumnName, predictedLabelColumnName, weight: null);
        prCurve = [.. tally.Ranking().Points()];
        return new(tally);
    }

    /// <summary>
    /// What each threshold of the score gives, from the highest score down: precision over recall is the precision–recall curve,
    /// the true over the false positive rate the ROC curve. The first point takes no row to be positive; each other one those with
    /// at least its score, whereas <see cref="ChangeModelThreshold"/> wants the number that a score must be above.
    /// </summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">As in <see cref="Evaluate"/>.</param>
    /// <param name="scoreColumnName">The score, or the probability: both draw the same curves.</param>
    /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> when all count the same.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public IReadOnlyList<BinaryPrecisionRecallDataPoint> EvaluateThresholds(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string? exampleWeightColumnName = null) =>
        [.. BinaryTally.Of(data, new(labelColumnName, scoreColumnName, null, null, exampleWeightColumnName)).Ranking().Points()];

    private static BinaryTally Calibrated(IDataView data, string label, string score, string probability, string predicted, string? weight)
    {
        ArgumentException.ThrowIfNullOrEmpty(probability);
        ArgumentException.ThrowIfNullOrEmpty(predicted);
        return BinaryTally.Of(data, new(label, score, probability, predicted, weight));
    }

    private static BinaryTally NonCalibrated(IDataView data, string label, string score, string predicted, string? weight)
    {
        ArgumentException.ThrowIfNullOrEmpty(predicted);
        return BinaryTally.Of(data, new(label, score, null, predicted, weight));
    }

    /// <summary>Learns a model with probabilities on all folds but one and evaluates it on that one, for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));

    /// <summary>Learns a model without probabilities on all folds but one and evaluates it on that one, for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => EvaluateNonCalibrated(scored, labelColumnName));
}

public sealed partial class MulticlassClassificationCatalog
{
    /// <summary>Metrics of a model of several classes, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">
    /// A key, matched to the model's classes by value; or a number, which counts classes from 0. A value that the model was not
    /// trained on counts as wrong; rows with a missing label are left out.
    /// </param>
    /// <param name="scoreColumnName">One probability (or other score) per class; the highest one is the prediction.</param>
    /// <param name="predictedLabelColumnName">Names the classes where the scores do not.</param>
    /// <param name="topKPredictionCount">How many of the highest scores the top-k accuracies look at; 0 for none.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, 0 or more; <see langword="null"/> when all count the same. ML.NET's method has no such parameter.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a score is not a finite number.</exception>
    public MulticlassClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0, string? exampleWeightColumnName = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(topKPredictionCount);
        return new(MulticlassTally.Of(data, labelColumnName, scoreColumnName, predictedLabelColumnName, exampleWeightColumnName), topKPredictionCount);
    }

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));
}

public sealed partial class RegressionCatalog
{
    /// <summary>Metrics of a model that predicts numbers, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">The true number. Rows where it is NaN are left out.</param>
    /// <param name="scoreColumnName">The predicted number.</param>
    /// <param name="lossFunction">What <see cref="RegressionMetrics.LossFunction"/> is the mean of; <see langword="null"/> for the squared loss. ML.NET's method has neither this nor the next parameter.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, 0 or more; <see langword="null"/> when all count the same.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a prediction is not a finite number.</exception>
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        IRegressionLoss? lossFunction = null, string? exampleWeightColumnName = null) =>
        new(RegressionTally.Of(data, labelColumnName, scoreColumnName, lossFunction, exampleWeightColumnName));

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));
}
