using System.Globalization;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Train;

/// <summary>Writes what a training came to as a page.</summary>
internal static class ReportPage
{
    internal static void Write(string path, TrainingSummary summary)
    {
        var page = new HtmlPage(Path.GetFileName(summary.Path));
        page.Paragraph($"{summary.Learned.Description}.");
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Trained on {Figures.Count(summary.TrainRows, summary.Row)} of {summary.Arguments.Dataset} to predict '{summary.Data.Label}', seed {summary.Arguments.Seed}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC."));
        foreach (TextTable table in summary.Learned.Tables) page.Table(table);
        if (summary.Learned.Charts is { } charts) page.Charts(charts());
        if (summary.Evaluation is { } evaluation) Add(page, evaluation, summary.MeasuredRows);
        foreach (TextTable table in summary.Learned.MoreTables?.Invoke() ?? []) page.Table(table);
        summary.Learned.AddToPage?.Invoke(page);
        var seconds = new TextTable("Seconds", "stage", "#seconds");
        foreach (var (stage, took) in summary.Stages.Seconds) seconds.Add(stage, took.ToString("0.000", CultureInfo.InvariantCulture));
        page.Table(seconds);
        page.Save(path);
    }

    /// <summary>How good the model is: metrics, charts, and what was confused.</summary>
    private static void Add(HtmlPage page, Evaluation evaluation, string measuredRows)
    {
        page.Table(EvaluationReport.MetricsTable(evaluation, measuredRows));
        if (evaluation.PositiveLabel is { } positive) page.Paragraph($"auc, f1, precision, recall and auprc are about the label '{positive}'.");
        foreach (string note in EvaluationReport.Notes(evaluation)) page.Paragraph(note);
        foreach (TextTable table in EvaluationReport.MoreTables(evaluation)) page.Table(table);
        if (evaluation.Charts is { } charts) page.Charts(charts());
        if (evaluation.Confusions is { } confusions)
        {
            if (EvaluationReport.MatrixTable(confusions) is { } matrix) page.Table(matrix);
            if (EvaluationReport.ConfusedTable(confusions) is { } pairs) page.Table(pairs);
            if (EvaluationReport.WeakestTable(confusions) is { } weakest) page.Table(weakest);
        }
    }
}
