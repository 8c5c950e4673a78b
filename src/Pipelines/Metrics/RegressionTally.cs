using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Adds up how far predicted numbers are from the true ones.</summary>
internal sealed class RegressionTally
{
    private double _mean;

    internal int RowCount { get; private set; }

    internal int UnlabeledRowCount { get; private set; }

    /// <summary>The number of rows, or what they weigh.</summary>
    internal double WeightSum { get; private set; }

    internal double AbsoluteErrorSum { get; private set; }

    internal double SquaredErrorSum { get; private set; }

    internal double LossSum { get; private set; }

    /// <summary>The sum of squared distances of the labels from their mean.</summary>
    internal double LabelVariation { get; private set; }

    internal static RegressionTally Of(IDataView data, string labelColumnName, string scoreColumnName, IRegressionLoss? loss, string? exampleWeightColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (!EvaluationColumns.IsNumber(label)) throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "Single");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (!EvaluationColumns.IsNumber(score)) throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "Single");
        var weight = EvaluationColumns.Weight(view.Schema, exampleWeightColumnName);

        var tally = new RegressionTally();
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, weight is { } w ? [label, score, w] : [label, score]));
        while (cursor.Next() is { } batch)
        {
            List<float> labels = [], scores = EvaluationColumns.Finite(batch, score);
            List<float>? weights = EvaluationColumns.Weights(batch, weight);
            List<int> rows = [];
            LabelReader.Append(batch[label.Index], label, labels, rows);
            tally.UnlabeledRowCount += batch.RowCount - rows.Count;
            for (int i = 0; i < rows.Count; i++) tally.Add(labels[i], scores[rows[i]], weights?[rows[i]] ?? 1, loss);
        }
        return tally.WeightSum > 0 ? tally : throw EvaluationColumns.Empty(labelColumnName, tally.RowCount, tally.UnlabeledRowCount);
    }

    private void Add(float label, float score, float weight, IRegressionLoss? loss)
    {
        RowCount++;
        if (weight == 0) return;
        double error = (double)label - score, distance = label - _mean;
        AbsoluteErrorSum += weight * Math.Abs(error);
        SquaredErrorSum += weight * error * error;
        LossSum += weight * (loss?.Loss(score, label) ?? error * error);
        // Welford's update: the sum of squared distances from the mean without subtracting large sums.
        WeightSum += weight;
        _mean += distance * weight / WeightSum;
        LabelVariation += weight * distance * (label - _mean);
    }
}
