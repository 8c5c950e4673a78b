using System.Globalization;
using System.Text.Json.Nodes;

namespace MLPipelines.Server.Tests.Drift;

public sealed class DriftTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _folder.Copy(TrainedModels.Churn, "churn.zip");
        _server = await RunningServer.StartAsync(_folder.Path, null, (nameof(ModelServerOptions.DriftRowsPerSecond), 1_000_000));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows of the table that the model learned from, some of their fields changed.</summary>
    internal static string Rows(int first, int count, Action<JsonObject>? change = null)
    {
        string[] lines = File.ReadAllLines(TrainedModels.Data("customer-churn.csv")), header = lines[0].Split(',');
        var rows = new JsonArray();
        foreach (string line in lines.Skip(1 + first).Take(count))
        {
            var row = new JsonObject();
            foreach (var (name, value) in header.Zip(line.Split(',')))
            {
                row[name] = value is "true" or "false" ? value == "true" : value.Length == 0 ? null
                    : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : value;
            }
            change?.Invoke(row);
            rows.Add(row);
        }
        return rows.ToJsonString();
    }

    private async Task<Dictionary<string, JsonNode>> DriftAsync()
    {
        JsonNode report = await _server.GetAsync("/models/churn/drift");
        Assert.True(report["compared"]!.GetValue<bool>());
        return report["inputs"]!.AsArray().Concat(report["outputs"]!.AsArray()).ToDictionary(column => column!["column"]!.GetValue<string>(), column => column!);
    }

    [Fact]
    public async Task Rows_like_those_of_training_do_not_drift_and_shifted_ones_do()
    {
        await _server.PredictAsync("churn", Rows(0, 600));
        var before = await DriftAsync();
        Assert.All(before.Values, column => Assert.Equal("none", column["level"]!.GetValue<string>()));
        await _server.PredictAsync("churn", Rows(600, 900, row =>
        {
            row["monthly_fee"] = row["monthly_fee"]!.GetValue<double>() * 3;
            row["contract"] = "ten years";
            row["data_gb"] = null;
        }));
        var after = await DriftAsync();
        Assert.Equal("large", after["monthly_fee"]["level"]!.GetValue<string>());
        Assert.Equal("large", after["contract"]["level"]!.GetValue<string>());
        Assert.Equal(0.6, after["contract"]["unseenShare"]!.GetValue<double>(), 1e-9);
        Assert.InRange(after["data_gb"]["missingShare"]!.GetValue<double>(), 0.6, 0.65);
        Assert.Equal("none", after["region"]["level"]!.GetValue<string>());
        Assert.True(after["monthly_fee"]["psi"]!.GetValue<double>() > before["monthly_fee"]["psi"]!.GetValue<double>() + 0.25);
    }

    [Fact]
    public async Task Tensors_are_compared_as_rows_are()
    {
        Assert.Equal(0, (await _server.GetAsync("/models/churn/drift"))["rows"]!.GetValue<long>());
        JsonArray rows = JsonNode.Parse(Rows(0, 50))!.AsArray();
        JsonNode about = await _server.GetAsync("/v2/models/churn");
        var inputs = new JsonArray();
        foreach (JsonNode? input in about["inputs"]!.AsArray())
        {
            string name = input!["name"]!.GetValue<string>();
            inputs.Add(new JsonObject { ["name"] = name, ["datatype"] = input["datatype"]!.DeepClone(), ["shape"] = new JsonArray(50), ["data"] = new JsonArray([.. rows.Select(row => row![name]?.DeepClone())]) });
        }
        var (status, answer) = await _server.SendAsync("/v2/models/churn/infer", new JsonObject { ["inputs"] = inputs }.ToJsonString());
        Assert.True(status == 200, answer);
        Assert.Equal(50, (await _server.GetAsync("/models/churn/drift"))["rows"]!.GetValue<long>());
    }

    [Fact]
    public async Task Rows_that_are_long_past_are_forgotten()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path, null, (nameof(ModelServerOptions.DriftWindow), "00:00:01.2"));
        await server.PredictAsync("churn", Rows(0, 100));
        Assert.InRange((await server.GetAsync("/models/churn/drift"))["rows"]!.GetValue<long>(), 0, 100);
        await Task.Delay(1500);
        Assert.Equal(0, (await server.GetAsync("/models/churn/drift"))["rows"]!.GetValue<long>());
    }

    [Fact]
    public async Task Of_more_rows_than_it_is_to_look_at_some_are_looked_at()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path, null, (nameof(ModelServerOptions.DriftRowsPerSecond), 100));
        string rows = Rows(0, 100);
        long sent = 0;
        for (DateTime end = DateTime.UtcNow.AddSeconds(3); DateTime.UtcNow < end; sent += 100) await server.PredictAsync("churn", rows);
        long seen = (await server.GetAsync("/models/churn/drift"))["rows"]!.GetValue<long>();
        // All of the first second, which nobody knew the load of, and hardly any of those after it.
        Assert.InRange(seen, 100, sent * 0.7);
    }

    [Fact]
    public async Task A_server_that_is_not_to_watch_says_so()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path, null, (nameof(ModelServerOptions.DriftRowsPerSecond), 0));
        JsonNode report = await server.GetAsync("/models/churn/drift");
        Assert.False(report["compared"]!.GetValue<bool>());
        Assert.NotEmpty(report["why"]!.GetValue<string>());
        using HttpResponseMessage absent = await server.Client.GetAsync(new Uri("/models/nothing/drift", UriKind.Relative));
        Assert.Equal(404, (int)absent.StatusCode);
    }
}
