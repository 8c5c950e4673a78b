using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Shows an evaluation to people: metrics, and the labels that were confused most.</summary>
internal static class EvaluationReport
{
    private const int Pairs = 10, Labels = 10, MatrixLabels = 12;

    /// <param name="report">Where to show it.</param>
    /// <param name="evaluation">What to show.</param>
    /// <param name="rows">What the rows are, such as "test rows of x.csv".</param>
    internal static void Show(Report report, Evaluation evaluation, string rows)
    {
        report.Table(MetricsTable(evaluation, rows));
        if (evaluation.PositiveLabel is { } positive) report.Line($"auc, f1, precision, recall and auprc are about the label '{positive}'.");
        foreach (string note in Notes(evaluation)) report.Line(note);
        foreach (TextTable table in MoreTables(evaluation))
        {
            report.Line();
            report.Table(table);
        }
        if (evaluation.Confusions is not { } confusions) return;
        TextTable? pairs = ConfusedTable(confusions), weakest = WeakestTable(confusions);
        if (pairs is null)
        {
            report.Line("Every row was predicted right.");
            return;
        }
        report.Line();
        report.Table(pairs);
        if (weakest is null) return;
        report.Line();
        report.Table(weakest);
    }

    internal static TextTable MetricsTable(Evaluation evaluation, string rows)
    {
        if (evaluation.Forecasts is { } forecasts) return ForecastTables.Of(forecasts, rows).First();
        if (evaluation.Baseline is not null) return RecommendationTables.Metrics(evaluation, rows);
        var table = new TextTable($"Metrics on {Figures.Count(evaluation.Rows)} {rows}", "metric", "#value");
        foreach (var (name, value) in evaluation.Metrics) table.Add(name, double.IsNaN(value) ? "-" : Figures.Metric(value));
        return table;
    }

    /// <summary>What follows the metrics of a forecaster: per step ahead and per series.</summary>
    internal static IEnumerable<TextTable> MoreTables(Evaluation evaluation) => evaluation.Forecasts is { } forecasts ? ForecastTables.Of(forecasts, "").Skip(1) : [];

    internal static TextTable? ConfusedTable(ConfusionMatrix confusions)
    {
        IReadOnlyList<ConfusedPair> worst = confusions.GetMostConfusedPairs(Pairs);
        if (worst.Count == 0) return null;
        var table = new TextTable("Confused most", "actual", "predicted", "#rows", "#of actual");
        foreach (ConfusedPair pair in worst) table.Add(Short(pair.Actual), Short(pair.Predicted), Figures.Count((long)pair.Count), Figures.Share(pair.Share));
        return table;
    }

    /// <summary>Actual against predicted labels, where they are few.</summary>
    internal static TextTable? MatrixTable(ConfusionMatrix confusions)
    {
        int[] shown = [.. Enumerable.Range(0, confusions.NumberOfClasses)];
        if (shown.Length is < 2 or > MatrixLabels) return null;
        var table = new TextTable("Rows by actual label (down) and predicted label (across)", ["actual", .. shown.Select(i => $"#{Short(confusions.ClassNames[i])}")]);
        foreach (int actual in shown) table.Add([Short(confusions.ClassNames[actual]), .. shown.Select(predicted => Figures.Count((long)confusions.Counts[actual][predicted]))]);
        return table;
    }

    /// <summary>The labels with the lowest f1, where there are more than two.</summary>
    internal static TextTable? WeakestTable(ConfusionMatrix confusions)
    {
        int[] occurring = [.. Enumerable.Range(0, confusions.NumberOfClasses).Where(i => confusions.RowsOf(i) > 0)];
        if (occurring.Length <= 2) return null;
        string title = occurring.Length <= Labels ? "Labels, the weakest first" : string.Create(CultureInfo.InvariantCulture, $"The {Labels} weakest of {occurring.Length} labels");
        var table = new TextTable(title, "label", "#rows", "#precision", "#recall", "#f1");
        foreach (int i in occurring.OrderBy(i => confusions.PerClassF1[i]).ThenBy(i => i).Take(Labels))
        {
            table.Add(Short(confusions.ClassNames[i]), Figures.Count((long)confusions.RowsOf(i)), Figures.Share(confusions.PerClassPrecision[i]),
                Figures.Share(confusions.PerClassRecall[i]), Figures.Share(confusions.PerClassF1[i]));
        }
        return table;
    }

    internal static IEnumerable<string> Notes(Evaluation evaluation)
    {
        if (evaluation.Baseline is not null) yield return RecommendationTables.Note(evaluation);
        if (evaluation.Unlabelled > 0) yield return $"{Figures.Count(evaluation.Unlabelled, "row")} without a label left out.";
        if (evaluation.UnknownLabels.Count == 0) yield break;
        string labels = string.Join(", ", evaluation.UnknownLabels.Take(10).Select(unknown => $"'{Short(unknown.Label)}'"));
        yield return $"{Figures.Count(evaluation.UnknownLabels.Sum(unknown => unknown.Rows), "row")} counted as wrong: the model was not trained on "
            + $"{(evaluation.UnknownLabels.Count == 1 ? "the label" : "the labels")} {labels}{(evaluation.UnknownLabels.Count > 10 ? ", …" : "")}.";
    }

    private static string Short(string label)
    {
        label = label.ReplaceLineEndings(" ");
        return label.Length <= 40 ? label : label[..39] + "…";
    }
}
