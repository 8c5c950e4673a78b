using MLPipelines.Data;
using MLPipelines.Scenarios.Charts;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Draws how good scored rows are.</summary>
internal static class ScoreCharts
{
    // More points than that make a chart no clearer.
    private const int MostPoints = 600, Bins = 10;

    /// <summary>For two labels, how many of the rows of the positive one are found at what price, and whether probabilities come true.</summary>
    internal static IEnumerable<LineChart> OfTwoLabels(IDataView scored, string keyLabel, string positiveLabel, int scoreIndex)
    {
        var (scores, positive) = TwoLabelAreas.Ranked(scored, keyLabel, positiveLabel, scoreIndex);
        int positives = positive.Count(isPositive => isPositive), negatives = positive.Count - positives;
        if (positives == 0 || negatives == 0) yield break;
        int[] order = [.. Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i])];
        List<double> falseShare = [0], trueShare = [0];
        int truePositive = 0, falsePositive = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (positive[order[i]]) truePositive++;
            else falsePositive++;
            // Rows of equal score pass together.
            if (i + 1 < order.Length && scores[order[i]] == scores[order[i + 1]]) continue;
            falseShare.Add(100.0 * falsePositive / negatives);
            trueShare.Add(100.0 * truePositive / positives);
        }
        yield return Shares("ROC curve", $"found of '{positiveLabel}' (%) over false alarms of the others (%)", falseShare, trueShare, "this model", "by chance");

        CalibrationTally tally = new();
        for (int i = 0; i < scores.Count; i++) tally.Add(scores[i], positive[i], 1);
        CalibrationBin[] bins = [.. tally.Finish(Bins, CalibrationBinning.Uniform).Curve.Where(bin => bin.Weight > 0).OrderBy(bin => bin.MeanProbability)];
        yield return Shares("Calibration", $"how often '{positiveLabel}' came true (%) over the probability given (%)", [.. bins.Select(bin => 100 * bin.MeanProbability)], [.. bins.Select(bin => 100 * bin.Share)], "this model", "as it should be");
    }

    /// <summary>For numbers, what was predicted against what was true, and the errors.</summary>
    internal static IEnumerable<LineChart> OfNumbers(IDataView scored, string label)
    {
        var (truth, predicted) = Numbers(scored, label);
        if (truth.Length == 0) yield break;
        int[] shown = [.. Enumerable.Range(0, truth.Length).Where(i => (long)i * MostPoints / truth.Length != (long)(i - 1) * MostPoints / truth.Length || i == 0).OrderBy(i => predicted[i])];
        double[] x = [.. shown.Select(i => predicted[i])];
        yield return new LineChart
        {
            Title = "True values over predicted ones",
            Description = "Each circle is a row; on the line both are equal.",
            HasDates = false,
            Lines = [new ChartLine("equal", [x[0], x[^1]], [x[0], x[^1]], ChartStroke.Thin)],
            Marks = [new ChartMarks("rows", x, [.. shown.Select(i => truth[i])])],
            Width = 480,
            Height = 320,
        };
        yield return new LineChart
        {
            Title = "Residuals over predicted values",
            Description = "True less predicted; a good model shows no shape.",
            HasDates = false,
            Lines = [new ChartLine("", [x[0], x[^1]], [0, 0], ChartStroke.Thin)],
            Marks = [new ChartMarks("true less predicted", x, [.. shown.Select(i => truth[i] - predicted[i])])],
            Width = 480,
            Height = 320,
        };
    }

    private static LineChart Shares(string title, string description, IReadOnlyList<double> x, IReadOnlyList<double> y, string name, string reference) => new()
    {
        Title = title,
        Description = description,
        Unit = description,
        HasDates = false,
        Lines = [new ChartLine(reference, [0, 100], [0, 100], ChartStroke.Thin), new ChartLine(name, x, y)],
        Width = 480,
        Height = 320,
    };

    private static (double[] Truth, double[] Predicted) Numbers(IDataView scored, string label)
    {
        BatchView view = BatchView.Of(scored);
        int labelIndex = view.Schema[label].Index, scoreIndex = view.Schema["Score"].Index;
        List<double> truth = [], predicted = [];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, labelIndex, scoreIndex));
        while (cursor.Next() is { } batch)
        {
            var labels = (ValueColumn<float>)batch[labelIndex];
            var scores = (ValueColumn<float>)batch[scoreIndex];
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (!float.IsFinite(labels.Values[row]) || !float.IsFinite(scores.Values[row])) continue;
                truth.Add(labels.Values[row]);
                predicted.Add(scores.Values[row]);
            }
        }
        return ([.. truth], [.. predicted]);
    }
}
