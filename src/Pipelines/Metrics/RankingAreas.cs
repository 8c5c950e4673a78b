namespace MLPipelines.Data;

/// <summary>Areas under the curves that a ranking of positive and negative rows draws.</summary>
internal static class RankingAreas
{
    /// <summary>The areas under the ROC curve and under precision over recall. Both arrays are sorted in place.</summary>
    /// <param name="scores">One per row; no NaN.</param>
    /// <param name="positive">Which rows are positive; at least one is, and one is not.</param>
    internal static (double Roc, double PrecisionRecall) Of(float[] scores, bool[] positive)
    {
        Array.Sort(scores, positive);
        double positives = positive.Count(p => p), negatives = scores.Length - positives;
        double above = 0, falsely = 0, roc = 0, precisionRecall = 0, precision = 1;
        for (int end = scores.Length; end > 0;)
        {
            // Rows of equal score pass the threshold together.
            int start = end;
            double p = 0;
            for (; start > 0 && scores[start - 1] == scores[end - 1]; start--)
                if (positive[start - 1]) p++;
            double n = end - start - p;
            roc += n * (above + (p / 2));
            above += p;
            falsely += n;
            double next = above / (above + falsely);
            precisionRecall += p / positives * (precision + next) / 2;
            precision = next;
            end = start;
        }
        return (roc / (positives * negatives), precisionRecall);
    }
}
