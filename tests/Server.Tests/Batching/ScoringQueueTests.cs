using System.Globalization;
using System.Text.Json.Nodes;

namespace MLPipelines.Server.Tests;

public sealed class ScoringQueueTests
{
    [Fact]
    public async Task Requests_that_wait_go_through_the_model_together_and_are_answered_each_with_its_own()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, (nameof(ModelServerOptions.Scorers), 1), (nameof(ModelServerOptions.BatchRows), 8));
        gate.Close();
        Task<JsonArray> first = server.PredictAsync("gate", "[\"a\"]");
        await server.UntilAsync(() => gate.Held == 1);
        Task<JsonArray>[] waiting = [.. Enumerable.Range(0, 6).Select(i => server.PredictAsync("gate", $"[\"{new string('x', i)}\",\"{new string('x', i + 10)}\"]"))];
        await server.UntilAsync(() => server.Host.Get("gate").WaitingRequests == 6);
        gate.Open();
        Assert.Single(await first);
        for (int i = 0; i < waiting.Length; i++) Assert.Equal([i, i + 10], (await waiting[i]).Select(row => row!["score"]!.GetValue<float>()));
        // One by itself, then as many as fit.
        Assert.Equal([1, 8, 4], gate.Batches);
    }

    [Fact]
    public async Task A_row_that_cannot_be_scored_harms_no_other_request()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, options: (nameof(ModelServerOptions.Scorers), 1));
        gate.Close();
        Task<JsonArray> first = server.PredictAsync("gate", "[\"a\"]");
        await server.UntilAsync(() => gate.Held == 1);
        Task<JsonArray> good = server.PredictAsync("gate", "[\"ab\"]");
        Task<string> bad = server.RefusedAsync(400, "gate", "[\"bad\"]");
        await server.UntilAsync(() => server.Host.Get("gate").WaitingRequests == 2);
        gate.Open();
        Assert.Equal(2, (await good)[0]!["score"]!.GetValue<float>());
        Assert.Equal("this text cannot be scored.", await bad);
        Assert.Single(await first);
    }

    [Fact]
    public async Task Under_load_every_answer_is_the_one_of_its_rows_alone()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText, options: (nameof(ModelServerOptions.Scorers), 1));
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"Order {i} has not come, where is parcel {i * 7}?\""))];
        List<string> alone = [];
        foreach (string text in texts) alone.Add((await server.PredictAsync("bodies", $"[{text}]"))[0]!.ToJsonString());
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            JsonArray answer = await server.PredictAsync("bodies", $"[{texts[i % 40]},{texts[i * 3 % 40]}]");
            Assert.Equal(alone[i % 40], answer[0]!.ToJsonString());
            Assert.Equal(alone[i * 3 % 40], answer[1]!.ToJsonString());
        });
    }
}
