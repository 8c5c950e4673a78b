using System.Globalization;
using MLPipelines.Scenarios.Charts;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Tells of an analysis: a table of findings, and a page with charts.</summary>
public static class AnomalyReport
{
    /// <summary>A table of so many rows is read; of more findings, the most severe are told.</summary>
    private const int MostRows = 50;

    // A closer look at this many findings, each with so much around it.
    private const int MostDetails = 6, DetailReach = 60;

    /// <summary>Findings in the order of time, the most severe ones if there are many.</summary>
    public static TextTable Table(AnomalyDetectionResult result, int most = MostRows)
    {
        ArgumentNullException.ThrowIfNull(result);
        AnomalyAnalysis analysis = result.Analysis;
        IReadOnlyList<AnomalyFinding> findings = analysis.Findings;
        string title = findings.Count <= most ? $"Findings ({findings.Count})" : $"The {most} most severe of {findings.Count} findings";
        var table = new TextTable(title, "time", "kind", "#value", "#expected", "#severity");
        foreach (AnomalyFinding finding in findings.OrderByDescending(finding => finding.Severity).Take(most).OrderBy(finding => finding.First).ThenBy(finding => finding.Kind))
        {
            string time = analysis.Series.TimeOf(finding.First);
            if (finding.Last > finding.First) time += $" to {analysis.Series.TimeOf(finding.Last)}";
            table.Add(time, NameOf(finding.Kind), Number(finding.Value), Number(finding.Expected), finding.Severity.ToString("0.0", CultureInfo.InvariantCulture));
        }
        return table;
    }

    /// <summary>A page that needs nothing else.</summary>
    /// <param name="result">What came of the metric.</param>
    /// <param name="title">Of the page, such as the name of the file.</param>
    /// <param name="metric">What the metric is called.</param>
    public static HtmlPage Page(AnomalyDetectionResult result, string title, string metric)
    {
        ArgumentNullException.ThrowIfNull(result);
        AnomalyAnalysis analysis = result.Analysis;
        var page = new HtmlPage(title);
        foreach (string line in Summary(result, metric)) page.Paragraph(line);
        page.Figures(
        [
            ("Spikes", Count(analysis, AnomalyKind.Spike), "values far from what is expected"),
            ("Level changes", Count(analysis, AnomalyKind.LevelChange), "higher or lower from then on"),
            ("Seasonal breaks", Count(analysis, AnomalyKind.SeasonalBreak), analysis.Season > 1 ? "seasons unlike the others" : "there is no season"),
            ("Alerts", result.Alerts.Count.ToString("N0", CultureInfo.InvariantCulture), "had it been watched as it came"),
        ]);
        page.Heading("The metric");
        page.Chart(Overview(result, metric));
        page.Heading("Findings");
        if (analysis.Findings.Count == 0)
        {
            page.Paragraph("Nothing is unusual.");
            return page;
        }
        page.Table(Table(result));
        page.Paragraph("Severity is how far a finding is beyond what is usual, in limits: 1 is just worth telling. The value of a level change is the level after it, and what was expected the level before; those of a seasonal break are means over its steps.");
        page.Heading("A closer look");
        page.Charts(analysis.Findings.OrderByDescending(finding => finding.Severity).Take(MostDetails).OrderBy(finding => finding.First).Select(finding => Detail(analysis, finding)));
        return page;
    }

    /// <summary>What was looked at, in a few lines.</summary>
    public static IReadOnlyList<string> Summary(AnomalyDetectionResult result, string metric)
    {
        ArgumentNullException.ThrowIfNull(result);
        MetricSeries series = result.Analysis.Series;
        string steps = series.Step is { } step && series.HasDates ? $" of {step}" : "";
        string gaps = series.GapCount == 0 ? "none missing" : string.Create(CultureInfo.InvariantCulture, $"{series.GapCount:N0} missing and taken to lie between their neighbours");
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"'{metric}' from {series.TimeOf(0)} to {series.TimeOf(series.Values.Count - 1)}: {series.Values.Count:N0} steps{steps}, {gaps}."),
            result.Analysis.Season > 1 ? string.Create(CultureInfo.InvariantCulture, $"It repeats itself every {result.Analysis.Season:N0} steps.") : "No season was found.",
        ];
    }

    private static LineChart Overview(AnomalyDetectionResult result, string metric)
    {
        AnomalyAnalysis analysis = result.Analysis;
        return Chart(analysis, metric, 0, analysis.Series.Values.Count - 1) with
        {
            Width = 1000,
            Height = 360,
            Description = $"The values of {metric} over time, with what is expected and what was found.",
        };
    }

    private static LineChart Detail(AnomalyAnalysis analysis, AnomalyFinding finding)
    {
        int reach = Math.Max(DetailReach, Math.Max(analysis.Season, finding.Last - finding.First));
        int first = Math.Max(0, finding.First - reach), last = Math.Min(analysis.Series.Values.Count - 1, finding.Last + reach);
        return Chart(analysis, $"{NameOf(finding.Kind)}, {analysis.Series.TimeOf(finding.First)}", first, last) with { Width = 480, Height = 240 };
    }

    private static LineChart Chart(AnomalyAnalysis analysis, string title, int first, int last)
    {
        MetricSeries series = analysis.Series;
        double[] x = [.. Enumerable.Range(first, last - first + 1).Select(X)];
        double[] values = [.. series.Values.Skip(first).Take(x.Length)], expected = [.. analysis.Expected.Skip(first).Take(x.Length)];
        List<AnomalyFinding> Within(AnomalyKind kind) => [.. analysis.Findings.Where(finding => finding.Kind == kind && finding.First <= last && finding.Last >= first)];
        int[] spikes = [.. Within(AnomalyKind.Spike).SelectMany(finding => Enumerable.Range(finding.First, finding.Last - finding.First + 1))
            .Where(step => step >= first && step <= last && Math.Abs(series.Values[step] - analysis.Expected[step]) > analysis.Limit)];
        // What is never negative is not expected to be.
        double least = series.Values.Min() >= 0 ? 0 : double.NegativeInfinity;
        List<ChartBand> bands = [new("usual", x, [.. expected.Select(value => Math.Max(value - analysis.Limit, least))], [.. expected.Select(value => value + analysis.Limit)])];
        List<ChartMarks> marks = [];
        if (spikes.Length > 0) marks.Add(new("spikes", [.. spikes.Select(X)], [.. spikes.Select(step => series.Values[step])]));
        if (Within(AnomalyKind.LevelChange) is { Count: > 0 } levels) marks.Add(new("level changes", [.. levels.Select(finding => X(finding.First))]));
        double[] broken = new double[x.Length];
        Array.Fill(broken, double.NaN);
        foreach (AnomalyFinding finding in Within(AnomalyKind.SeasonalBreak))
            for (int step = Math.Max(first, finding.First); step <= Math.Min(last, finding.Last); step++) broken[step - first] = series.Values[step];
        List<ChartLine> lines = [new("expected", x, [.. expected.Select(value => Math.Max(value, least))], ChartStroke.Thin), new("observed", x, values)];
        if (broken.Any(double.IsFinite)) lines.Add(new("seasonal breaks", x, broken, ChartStroke.Dashed));
        return new LineChart { Title = title, HasDates = series.HasDates, Bands = bands, Lines = lines, Marks = marks };

        double X(int step) => series.HasDates ? LineChart.Time(series.DateOf(step)) : step + 1;
    }

    private static string Count(AnomalyAnalysis analysis, AnomalyKind kind) => analysis.Findings.Count(finding => finding.Kind == kind).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A kind in words.</summary>
    public static string NameOf(AnomalyKind kind) => kind switch
    {
        AnomalyKind.Spike => "spike",
        AnomalyKind.LevelChange => "level change",
        _ => "seasonal break",
    };

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture);
}
