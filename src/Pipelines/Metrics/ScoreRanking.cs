namespace MLPipelines.Data;

/// <summary>Positive and negative rows in the order of their scores: what every curve over thresholds is drawn from.</summary>
internal sealed class ScoreRanking
{
    private readonly List<Step> _steps = [];

    /// <param name="scores">One per row; no NaN.</param>
    /// <param name="positive">Which rows are positive.</param>
    /// <param name="weights">How much each row counts; <see langword="null"/> when all count the same.</param>
    internal ScoreRanking(IReadOnlyList<float> scores, IReadOnlyList<bool> positive, IReadOnlyList<float>? weights = null)
    {
        int[] order = [.. Enumerable.Range(0, scores.Count)];
        float[] rising = [.. scores];
        Array.Sort(rising, order);
        for (int i = order.Length - 1; i >= 0; i--)
        {
            double weight = weights is null ? 1 : weights[order[i]];
            if (positive[order[i]]) Positives += weight;
            else Negatives += weight;
            // Rows of equal score pass the threshold together, so that the order of rows does not matter.
            if (i == 0 || rising[i - 1] != rising[i]) _steps.Add(new Step(rising[i], Positives, Negatives));
        }
    }

    /// <summary>The weight of the positive rows.</summary>
    internal double Positives { get; }

    internal double Negatives { get; }

    /// <summary>The area under the ROC curve; both classes have rows.</summary>
    internal double AreaUnderRocCurve()
    {
        double area = 0;
        Step last = default;
        foreach (Step step in _steps)
        {
            area += (step.FalsePositive - last.FalsePositive) * (step.TruePositive + last.TruePositive) / 2;
            last = step;
        }
        return area / (Positives * Negatives);
    }

    /// <summary>The area under precision over recall, by the lower trapezoid rule; there is a positive row.</summary>
    internal double AreaUnderPrecisionRecallCurve()
    {
        double area = 0, precision = 1, positive = 0;
        foreach (Step step in _steps)
        {
            area += (step.TruePositive - positive) / Positives * (precision + step.Precision) / 2;
            (precision, positive) = (step.Precision, step.TruePositive);
        }
        return area;
    }

    /// <summary>The share of the positive rows that the lowest threshold with at most this weight of negative rows finds; there is a positive row.</summary>
    internal double RecallAt(double falsePositives)
    {
        double found = 0;
        foreach (Step step in _steps)
        {
            if (step.FalsePositive > falsePositives) break;
            found = step.TruePositive;
        }
        return found / Positives;
    }

    /// <summary>What each threshold gives, from the highest score down.</summary>
    internal IEnumerable<BinaryPrecisionRecallDataPoint> Points() => _steps.Select(step =>
        new BinaryPrecisionRecallDataPoint(step.Score, step.Precision, step.TruePositive / Positives, step.FalsePositive / Negatives))
        .Prepend(new BinaryPrecisionRecallDataPoint(double.PositiveInfinity, precision: 1, recall: 0, falsePositiveRate: 0));

    /// <summary>The weights of positive and negative rows with at least a score.</summary>
    private readonly record struct Step(float Score, double TruePositive, double FalsePositive)
    {
        internal double Precision => ConfusionMatrix.Ratio(TruePositive, TruePositive + FalsePositive);
    }
}
