using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLPipelines.Server.Tests.Drift;
using MLPipelines.Testing;

namespace MLPipelines.Server.Tests.Metrics;

public sealed partial class MetricsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _folder.Copy(TrainedModels.Churn, "churn.zip");
        _folder.Copy(TrainedModels.Tickets, "tickets.zip");
        _server = await RunningServer.StartAsync(_folder.Path, null, (nameof(ModelServerOptions.DriftRowsPerSecond), 1_000_000));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private Task<string> TextAsync() => _server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private async Task<double> ValueAsync(string sample)
    {
        string? line = (await TextAsync()).Split('\n').FirstOrDefault(line => line.StartsWith(sample + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(sample.Length + 1)..], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Requests_rows_and_refusals_are_counted()
    {
        await _server.PredictAsync("churn", DriftTests.Rows(0, 20));
        await _server.RefusedAsync(400, "churn", "{}");
        await _server.RefusedAsync(404, "nothing", "{}");
        Assert.Equal(1, await ValueAsync("mlpipelines_requests_total{model=\"churn\",version=\"1\",protocol=\"json\",status=\"200\"}"));
        Assert.Equal(1, await ValueAsync("mlpipelines_requests_total{model=\"churn\",version=\"1\",protocol=\"json\",status=\"400\"}"));
        Assert.Equal(1, await ValueAsync("mlpipelines_requests_total{model=\"\",version=\"\",protocol=\"json\",status=\"404\"}"));
        Assert.Equal(20, await ValueAsync("mlpipelines_rows_total{model=\"churn\",version=\"1\"}"));
        Assert.Equal(2, await ValueAsync("mlpipelines_request_seconds_count{model=\"churn\",version=\"1\"}"));
        Assert.Equal(1, await ValueAsync("mlpipelines_batch_rows_bucket{model=\"churn\",version=\"1\",le=\"32\"}"));
        Assert.Equal(0, await ValueAsync("mlpipelines_batch_rows_bucket{model=\"churn\",version=\"1\",le=\"16\"}"));
        Assert.Equal(0, await ValueAsync("mlpipelines_waiting_requests{model=\"churn\",version=\"1\"}"));
        Assert.Equal(1, await ValueAsync("mlpipelines_ready"));
    }

    [Fact]
    public async Task Swaps_and_refused_files_are_counted_and_counts_go_on()
    {
        await _server.PredictAsync("tickets", """[{"subject": "Return", "body": "Please send a label"}]""");
        File.WriteAllText(_folder["tickets.zip"], "no model");
        await _server.Host.RefreshAsync(settled: true);
        _folder.Copy(TrainedModels.Priorities, "tickets.zip");
        await _server.Host.RefreshAsync(settled: true);
        await _server.PredictAsync("tickets", """[{"subject": "Return", "body": "Please send a label"}]""");
        Assert.Equal(1, await ValueAsync("mlpipelines_refused_loads_total{model=\"tickets\",version=\"1\"}"));
        Assert.Equal(1, await ValueAsync("mlpipelines_swaps_total{model=\"tickets\",version=\"1\"}"));
        Assert.Equal(2, await ValueAsync("mlpipelines_rows_total{model=\"tickets\",version=\"1\"}"));
    }

    [Fact]
    public async Task Every_line_is_one_of_the_format_and_histograms_rise()
    {
        await _server.PredictAsync("churn", DriftTests.Rows(0, 5));
        string[] lines = (await TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Equal(lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count(), lines.Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal)));
        double[] buckets = [.. lines.Where(line => line.StartsWith("mlpipelines_request_seconds_bucket{model=\"churn\"", StringComparison.Ordinal)).Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))];
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(1, buckets[^1]);
    }

    [Fact]
    public void Names_of_columns_cannot_break_out_of_their_labels() =>
        Assert.Equal("column=\"a\\\\b\\\"c\\nd\",x=\"1\"", PrometheusWriter.Labels(("column", "a\\b\"c\nd"), ("x", "1")));

    [ProgramFact("promtool")]
    public async Task Promtool_finds_nothing_wrong()
    {
        await _server.PredictAsync("churn", DriftTests.Rows(0, 5));
        using Process tool = Process.Start(new ProcessStartInfo(Programs.Find("promtool")!, ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await tool.StandardInput.WriteAsync(await TextAsync());
        tool.StandardInput.Close();
        string problems = await tool.StandardError.ReadToEndAsync() + await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0 && problems.Trim().Length == 0, problems);
    }

    [ProgramFact("prometheus")]
    public async Task Prometheus_scrapes_it_and_sees_drift_when_shifted_rows_are_sent()
    {
        int port = FreePort();
        string config = _folder["prometheus.yml"];
        await File.WriteAllTextAsync(config, string.Create(null, $$"""
            global: {scrape_interval: 300ms, scrape_timeout: 300ms}
            scrape_configs:
              - {job_name: models, static_configs: [{targets: ["127.0.0.1:{{_server.Url.Port}}"]}]}
            """));
        var start = new ProcessStartInfo(Programs.Find("prometheus")!, [$"--config.file={config}", $"--storage.tsdb.path={_folder["tsdb"]}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process prometheus = Process.Start(start)!;
        try
        {
            await _server.PredictAsync("churn", DriftTests.Rows(0, 500));
            const string Psi = "mlpipelines_drift_psi{model=\"churn\",column=\"monthly_fee\"}";
            double before = await UntilAsync(port, "mlpipelines_drift_rows{model=\"churn\"} == 500 and on() " + Psi, _ => true, Psi);
            Assert.InRange(before, 0, 0.1);
            await _server.PredictAsync("churn", DriftTests.Rows(500, 900, row => row["monthly_fee"] = 500 + row["monthly_fee"]!.GetValue<double>()));
            double after = await UntilAsync(port, Psi, value => value > 0.25, Psi);
            Assert.True(after > before);
            Assert.Equal(1, await UntilAsync(port, "up{job=\"models\"}", _ => true, "up{job=\"models\"}"));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    /// <summary>Asks Prometheus until a query has a value that will do, and then for that of another.</summary>
    private static async Task<double> UntilAsync(int port, string query, Func<double, bool> accept, string wanted)
    {
        using var client = new HttpClient();
        for (DateTime end = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < end; await Task.Delay(200))
        {
            if (await AskAsync(client, port, query) is { } value && accept(value)) return (await AskAsync(client, port, wanted))!.Value;
        }
        throw new TimeoutException($"Prometheus did not see {query}.");
    }

    private static async Task<double?> AskAsync(HttpClient client, int port, string query)
    {
        try
        {
            string answer = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/query?query={Uri.EscapeDataString(query)}"));
            return JsonNode.Parse(answer)!["data"]!["result"]!.AsArray() is [{ } first, ..] ? double.Parse(first["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture) : null;
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("""^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))|[a-z_]+(\{[a-z0-9_]+="([^"\\]|\\.)*"(,[a-z0-9_]+="([^"\\]|\\.)*")*\})? (NaN|[-+0-9.eE]+))$""")]
    private static partial Regex Line();
}
