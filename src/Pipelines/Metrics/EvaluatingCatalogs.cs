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
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public CalibratedBinaryClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentException.ThrowIfNullOrEmpty(probabilityColumnName);
        return new(BinaryTally.Of(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName));
    }

    /// <summary>Metrics of a model without probabilities, from data that it has transformed. The columns are as in <see cref="Evaluate"/>.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, or rows of one class only, or a score is not a finite number.</exception>
    public BinaryClassificationMetrics EvaluateNonCalibrated(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel") =>
        new(BinaryTally.Of(data, labelColumnName, scoreColumnName, probabilityColumnName: null, predictedLabelColumnName));

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
    /// <exception cref="MLPipelinesException">There are no rows, or a score is not a finite number.</exception>
    public MulticlassClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(topKPredictionCount);
        return new(MulticlassTally.Of(data, labelColumnName, scoreColumnName, predictedLabelColumnName), topKPredictionCount);
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
    /// <exception cref="MLPipelinesException">There are no rows, or a prediction is not a finite number.</exception>
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (!EvaluationColumns.IsNumber(label)) throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "Single");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (!EvaluationColumns.IsNumber(score)) throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "Single");

        int count = 0, unlabeled = 0;
        double absolute = 0, squared = 0, mean = 0, variation = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, label.Index, score.Index));
        while (cursor.Next() is { } batch)
        {
            List<float> labels = [], scores = EvaluationColumns.Finite(batch, score);
            List<int> rows = [];
            LabelReader.Append(batch[label.Index], label, labels, rows);
            unlabeled += batch.RowCount - rows.Count;
            for (int i = 0; i < rows.Count; i++)
            {
                double error = (double)labels[i] - scores[rows[i]], distance = labels[i] - mean;
                absolute += Math.Abs(error);
                squared += error * error;
                // Welford's update: the sum of squared distances from the mean without subtracting large sums.
                mean += distance / ++count;
                variation += distance * (labels[i] - mean);
            }
        }
        return count > 0 ? new RegressionMetrics(count, unlabeled, absolute, squared, variation) : throw EvaluationColumns.Empty(labelColumnName, unlabeled);
    }

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));
}
