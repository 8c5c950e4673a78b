using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class AnomalyDetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_requests_are_looked_at_and_new_ones_watched()
    {
        var run = CommandRun.Of("train", "anomaly-detection", "--dataset", Samples.Requests, "--value-col", "requests", "--output", _folder["m.zip"], "--report", _folder["m.html"]).Succeeded();
        Assert.Contains("Time column: time", run.Error, StringComparison.Ordinal);
        Assert.Contains("It repeats itself every 168 steps.", run.Out, StringComparison.Ordinal);
        // What data/README.md says is in it.
        foreach (string line in new[] { "2025-03-19T15:00:00 spike", "2025-03-28T09:00:00 to 2025-03-28T11:00:00 spike", "2025-04-08T10:00:00 level change", "seasonal break", "2025-05-02T03:00:00 spike" })
            Assert.Contains(line, string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(["m.html", "m.zip"], _folder.Files());
        Assert.Contains("<svg", File.ReadAllText(_folder["m.html"]), StringComparison.Ordinal);

        var predicted = CommandRun.Of("predict", _folder["m.zip"], "--dataset", Samples.NewRequests, "--output", "-").Succeeded();
        string[] lines = predicted.Out.TrimEnd('\n').Split('\n');
        Assert.Equal("time,requests,Alert,Score,P-Value", lines[0]);
        Assert.Equal(97, lines.Length);
        Assert.Equal("2025-05-13T22:00:00", Assert.Single(lines, line => line.Split(',')[2] == "1").Split(',')[0]);
    }

    [Fact]
    public void Json_is_the_last_line_and_lists_the_findings()
    {
        var run = CommandRun.Of("train", "anomaly-detection", "--dataset", Samples.Requests, "--value-col", "requests", "--output", _folder["m.zip"], "--json").Succeeded();
        Assert.Equal(run.Out, run.LastLine + "\n");
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement root = json.RootElement;
        Assert.Equal(["command", "scenario", "trainer", "model", "modelBytes", "rows", "season", "metrics", "findings", "seconds", "peakMemoryMB"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(168, root.GetProperty("season").GetInt32());
        Assert.Equal(1677, root.GetProperty("rows").GetProperty("train").GetInt32());
        Assert.Equal(3, root.GetProperty("metrics").GetProperty("spikes").GetInt32());
        Assert.Equal("spike", root.GetProperty("findings")[0].GetProperty("kind").GetString());
        Assert.Equal("2025-03-19T15:00:00", root.GetProperty("findings")[0].GetProperty("from").GetString());
    }

    [Fact]
    public void Missing_values_are_predicted_as_nothing()
    {
        var text = new StringBuilder("v\n");
        for (int i = 0; i < 300; i++) text.Append(CultureInfo.InvariantCulture, $"{i * 7 % 13}\n");
        CommandRun.Of("train", "anomaly-detection", "--dataset", _folder.Write("v.csv", text.ToString()), "--value-col", "v", "--output", _folder["m.zip"]).Succeeded();
        var run = CommandRun.Of("predict", _folder["m.zip"], "--dataset", _folder.Write("n.csv", "t,v\n1,3\n2,\n3,900\n"), "--output", "-").Succeeded();
        string[] lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal("2,,0,,", lines[2]);
        Assert.StartsWith("3,900,1,", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_times_rows_are_steps()
    {
        var run = CommandRun.Of("train", "anomaly-detection", "--dataset", _folder.Write("v.csv", "v\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{(i == 60 ? 99 : i % 5)}\n"))), "--value-col", "v", "--season", "1", "--output", _folder["m.zip"]).Succeeded();
        Assert.Contains("row 61", run.Out, StringComparison.Ordinal);
        Assert.Contains("No season was found.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_input_is_refused_in_one_line()
    {
        string data = _folder.Write("d.csv", "day,load\n2024-01-01,5\n2024-01-02,6\n2024-01-03,5\n");
        Assert.Contains("no column 'laod'", CommandRun.Of("train", "anomaly-detection", "--dataset", data, "--value-col", "laod", "--output", _folder["m.zip"]).Refused(), StringComparison.Ordinal);
        Assert.Contains("--season", CommandRun.Of("train", "anomaly-detection", "--dataset", data, "--value-col", "load", "--season", "7", "--output", _folder["m.zip"]).Refused(), StringComparison.Ordinal);
        Assert.Contains("is the metric", CommandRun.Of("train", "anomaly-detection", "--dataset", data, "--value-col", "load", "--time-col", "load", "--output", _folder["m.zip"]).Refused(), StringComparison.Ordinal);
        string empty = _folder.Write("e.csv", "day,load\n2024-01-01,\n2024-01-02,\n");
        Assert.Contains("'load'", CommandRun.Of("train", "anomaly-detection", "--dataset", empty, "--value-col", "load", "--has-header", "true", "--output", _folder["m.zip"]).Refused(), StringComparison.Ordinal);
        Assert.DoesNotContain("m.zip", _folder.Files());
    }
}
