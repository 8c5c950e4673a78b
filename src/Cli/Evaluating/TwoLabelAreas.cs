using MLPipelines.Data;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Areas under the curves that the probability of one of two labels draws.</summary>
internal static class TwoLabelAreas
{
    /// <returns>NaN for both where rows of one of the two labels are missing.</returns>
    internal static (double Roc, double PrecisionRecall) Of(IDataView scored, string keyLabel, string positiveLabel, int scoreIndex)
    {
        var (ranked, positive) = Ranked(scored, keyLabel, positiveLabel, scoreIndex);
        var ranking = new ScoreRanking(ranked, positive);
        return ranking.Positives > 0 && ranking.Negatives > 0 ? (ranking.AreaUnderRocCurve(), ranking.AreaUnderPrecisionRecallCurve()) : (double.NaN, double.NaN);
    }

    /// <summary>The probability of the positive label for each row that has a label, and whether it has that one.</summary>
    internal static (List<float> Scores, List<bool> Positive) Ranked(IDataView scored, string keyLabel, string positiveLabel, int scoreIndex)
    {
        BatchView view = BatchView.Of(scored);
        DataViewSchema.Column label = view.Schema[keyLabel];
        KeyValues? names = KeyValues.Of(label);
        BatchColumn[] columns = view.ReadColumns(label.Index, view.Schema["Score"].Index);
        ReadOnlySpan<uint> keys = ((ValueColumn<uint>)columns[0]).Values;
        var scores = (VectorColumn<float>)columns[1];
        List<float> ranked = [];
        List<bool> positive = [];
        for (int row = 0; row < keys.Length; row++)
        {
            if (keys[row] == 0) continue;
            ranked.Add(scores[row].Values[scoreIndex]);
            positive.Add(names is null ? keys[row] == scoreIndex + 1 : names.TextOf((int)keys[row] - 1) == positiveLabel);
        }
        return (ranked, positive);
    }
}
