using MLPipelines.Data;
using MLPipelines.Scenarios.AnomalyDetection;

namespace MLPipelines.Scenarios.Tests.AnomalyDetection;

public class AnomalyDetectionTests
{
    private static AnomalyDetectionResult Train(MLContext context, double[] values) =>
        new AnomalyDetectionTrainer(context, new AnomalyDetectionOptions { ValueColumn = "Value", TimeColumn = "Time" }).Train(Metrics.View(context, values));

    [Fact]
    public void The_model_goes_on_where_the_rows_ended()
    {
        double[] values = Metrics.Hours(24 * 7 * 8);
        values[1300] += 200;
        var context = new MLContext(1);
        AnomalyDetectionResult all = Train(context, values), first = Train(context, values[..1200]);
        Assert.Contains(1300, all.Alerts);
        int[] later = [.. first.Model.Transform(Metrics.View(context, values[1200..])).GetColumn<double[]>("Anomaly").Select((row, i) => (Alert: row[0], Row: 1200 + i)).Where(row => row.Alert == 1).Select(row => row.Row)];
        Assert.Equal([.. all.Alerts.Where(step => step >= 1200)], later);
    }

    [Fact]
    public void The_page_shows_charts_and_every_finding()
    {
        double[] values = Metrics.Hours(24 * 7 * 8);
        values[700] += 60;
        for (int i = 1000; i < values.Length; i++) values[i] += 25;
        AnomalyDetectionResult result = Train(new MLContext(1), values);
        string page = AnomalyReport.Page(result, "load & more", "Value").ToString();
        Assert.Contains("<h1>load &amp; more</h1>", page, StringComparison.Ordinal);
        Assert.Contains("It repeats itself every 168 steps.", page, StringComparison.Ordinal);
        Assert.Equal(2, result.Analysis.Findings.Count);
        foreach (AnomalyFinding finding in result.Analysis.Findings) Assert.Contains($"<th scope=\"row\">{result.Analysis.Series.TimeOf(finding.First)}</th>", page, StringComparison.Ordinal);
        // The whole, and a closer look at each finding.
        Assert.Equal(3, page.Split("<svg").Length - 1);
    }

    [Fact]
    public void A_page_of_a_metric_without_findings_says_so() =>
        Assert.Contains("Nothing is unusual.", AnomalyReport.Page(Train(new MLContext(1), Metrics.Noise(300)), "noise", "Value").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Of_many_findings_the_table_has_the_most_severe()
    {
        double[] values = Metrics.Noise(3000);
        for (int i = 2; i <= 31; i++) values[i * 90] += 10 * i;
        AnomalyDetectionResult result = Train(new MLContext(1), values);
        Assert.Equal(30, result.Analysis.Findings.Count);
        var table = AnomalyReport.Table(result, 5);
        Assert.Equal([.. Enumerable.Range(27, 5).Select(i => result.Analysis.Series.TimeOf(i * 90))], table.Rows.Select(row => row[0]));
    }
}
