using System.Globalization;
using System.Net;
using System.Text;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;

namespace MLPipelines.Cli.Train;

/// <summary>Writes what a training came to as one HTML page that needs nothing else.</summary>
internal static class ReportPage
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}table{border-collapse:collapse;margin:1em 0}"
        + "caption{text-align:left;font-weight:600;padding:.3em 0}th,td{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:left}.n{text-align:right;font-variant-numeric:tabular-nums}";

    internal static void Write(string path, TrainingSummary summary, Report report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Text(summary.Path)}</title><style>{Style}</style>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(Path.GetFileName(summary.Path))}</h1><p>{Text(summary.Learned.Description)}.<br>Trained on {Figures.Count(summary.TrainRows, "row")} of {Text(summary.Arguments.Dataset)} to predict <b>{Text(summary.Data.Label)}</b>, seed {summary.Arguments.Seed}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC.</p>");
        foreach (TextTable table in summary.Learned.Tables) Append(page, table);
        if (summary.Evaluation is { } evaluation)
        {
            Append(page, EvaluationReport.MetricsTable(evaluation, summary.MeasuredRows));
            if (evaluation.PositiveLabel is { } positive) page.Append(CultureInfo.InvariantCulture, $"<p>auc, f1, precision, recall and auprc are about the label <b>{Text(positive)}</b>.</p>");
            foreach (string note in EvaluationReport.Notes(evaluation)) page.Append(CultureInfo.InvariantCulture, $"<p>{Text(note)}</p>");
            foreach (TextTable table in EvaluationReport.MoreTables(evaluation)) Append(page, table);
            if (evaluation.Confusions is { } confusions)
            {
                if (EvaluationReport.ConfusedTable(confusions) is { } pairs) Append(page, pairs);
                if (EvaluationReport.WeakestTable(confusions) is { } weakest) Append(page, weakest);
            }
        }
        var seconds = new TextTable("Seconds", "stage", "#seconds");
        foreach (var (stage, took) in summary.Stages.Seconds) seconds.Add(stage, took.ToString("0.000", CultureInfo.InvariantCulture));
        Append(page, seconds);
        page.Append("</html>\n");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, page.ToString());
        report.Line($"Wrote {path}.");
    }

    private static void Append(StringBuilder page, TextTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text(table.Title)}</caption><tr>");
        for (int i = 0; i < table.Heads.Count; i++) Cell(page, "th", table.Heads[i], table.AreNumbers[i]);
        page.Append("</tr>");
        foreach (string[] row in table.Rows)
        {
            page.Append("<tr>");
            for (int i = 0; i < row.Length; i++) Cell(page, "td", row[i], table.AreNumbers[i]);
            page.Append("</tr>");
        }
        page.Append("</table>");
    }

    private static void Cell(StringBuilder page, string tag, string text, bool isNumber) =>
        page.Append(CultureInfo.InvariantCulture, $"<{tag}{(isNumber ? " class=\"n\"" : "")}>{Text(text)}</{tag}>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
