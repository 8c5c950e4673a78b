using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines;

public sealed partial class BinaryClassificationCatalog
{
    /// <summary>Whether the probabilities of the positive class come true: the calibration curve and the expected calibration error.</summary>
    /// <param name="data">Transformed rows with a label, which the model was not trained on.</param>
    /// <param name="labelColumnName">As in <see cref="Evaluate"/>.</param>
    /// <param name="probabilityColumnName">The probability of the positive class.</param>
    /// <param name="numberOfBins">Into how many bins the probabilities are put; at least 1.</param>
    /// <param name="binning">How the bins are cut.</param>
    /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> when all count the same.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a probability is not between 0 and 1.</exception>
    public CalibrationMetrics EvaluateCalibration(IDataView data, string labelColumnName = "Label", string probabilityColumnName = "Probability",
        int numberOfBins = 10, CalibrationBinning binning = CalibrationBinning.Uniform, string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numberOfBins);
        BatchView view = BatchView.Of(data);
        var label = BinaryColumns.Label(view.Schema, labelColumnName);
        var probability = BinaryColumns.Probability(view.Schema, probabilityColumnName, nameof(probabilityColumnName));
        var weight = EvaluationColumns.Weight(view.Schema, exampleWeightColumnName);
        var tally = new CalibrationTally();
        int count = 0, unlabeled = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, weight is { } w ? [label, probability, w] : [label, probability]));
        while (cursor.Next() is { } batch)
        {
            List<float> labels = [], probabilities = EvaluationColumns.Finite(batch, probability);
            List<float>? weights = EvaluationColumns.Weights(batch, weight);
            List<int> rows = [];
            LabelReader.Append(batch[label.Index], label, labels, rows);
            count += rows.Count;
            unlabeled += batch.RowCount - rows.Count;
            for (int i = 0; i < rows.Count; i++)
                tally.Add(BinaryColumns.InRange(probabilities[rows[i]], batch.FirstRow + rows[i], probability), labels[i] > 0, weights?[rows[i]] ?? 1);
        }
        return tally.IsEmpty ? throw EvaluationColumns.Empty(labelColumnName, count, unlabeled) : tally.Finish(numberOfBins, binning);
    }
}

public sealed partial class MulticlassClassificationCatalog
{
    /// <summary>
    /// Whether the probability of the class predicted comes true: the calibration curve and the expected calibration error of the
    /// highest of the scores (confidence calibration).
    /// </summary>
    /// <param name="data">Transformed rows with a label, which the model was not trained on.</param>
    /// <param name="labelColumnName">As in <see cref="Evaluate"/>.</param>
    /// <param name="scoreColumnName">One probability per class.</param>
    /// <param name="predictedLabelColumnName">Names the classes where the scores do not.</param>
    /// <param name="numberOfBins">Into how many bins the probabilities are put; at least 1.</param>
    /// <param name="binning">How the bins are cut.</param>
    /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> when all count the same.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or the scores are not probabilities.</exception>
    public CalibrationMetrics EvaluateCalibration(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
        int numberOfBins = 10, CalibrationBinning binning = CalibrationBinning.Uniform, string? exampleWeightColumnName = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numberOfBins);
        var tally = new CalibrationTally();
        MulticlassTally all = MulticlassTally.Of(data, labelColumnName, scoreColumnName, predictedLabelColumnName, exampleWeightColumnName, tally.Add);
        return all.AreProbabilities ? tally.Finish(numberOfBins, binning)
            : throw new MLPipelinesException($"EvaluateCalibration: column '{scoreColumnName}' has scores below 0 or above 1, expected probabilities. Calibrators.Temperature makes them.");
    }
}
