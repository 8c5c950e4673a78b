using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Server.Tests;

public sealed class ShadowTests
{
    private const string Row = """{"subject":"Invoice","body":"I was charged twice"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_version_scores_what_the_first_answers_and_is_compared_with_it(bool isSame)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        folder.Copy(isSame ? TrainedModels.Tickets : TrainedModels.Priorities, "m@2.zip");
        await File.WriteAllTextAsync(folder["models.json"], """{"m": {"shadow": {"version": 2, "share": 1}}}""");
        var seen = new Seen();
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, builder => builder.Services.AddSingleton<IServingObserver>(seen));
        for (int turn = 0; turn < 3; turn++)
        {
            int before = seen.Compared.Count;
            await server.PredictAsync("m", $"[{Row},{Row}]");
            await server.UntilAsync(() => seen.Compared.Count > before);
        }
        Assert.All(seen.Compared, one => Assert.Equal((1, 2, 2, isSame ? 0 : 2), one));
        // What the second version answers itself is not compared with itself.
        await server.PredictAsync("m@2", Row);
        await Task.Delay(100);
        Assert.Equal(3, seen.Compared.Count);
    }

    [Fact]
    public async Task Observers_are_told_of_requests_rows_and_models()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        var seen = new Seen();
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, builder => builder.Services.AddSingleton<IServingObserver>(seen));
        await server.PredictAsync("m", $"[{Row},{Row}]");
        await server.RefusedAsync(404, "n", Row);
        await server.RefusedAsync(400, "m", "[");
        await server.SendAsync("/models/m/predict", "subject,body\na,b\n", "text/csv");
        await server.UntilAsync(() => seen.Requests.Count == 4);
        Assert.Equal([("m", "json", 200, 2), (null, "json", 404, 0), ("m", "json", 400, 0), ("m", "csv", 200, 1)], seen.Requests);
        Assert.Equal([("Invoice", 2), ("a", 1)], seen.Rows);
        Assert.Equal([(1, 2), (1, 1)], seen.Batches);
        await File.WriteAllBytesAsync(folder["m.zip"], [1, 2, 3]);
        await server.Host.RefreshAsync(settled: true);
        folder.Copy(TrainedModels.Priorities, "m.zip");
        await server.Host.RefreshAsync(settled: true);
        Assert.Equal([ModelChangeKind.Loaded, ModelChangeKind.Refused, ModelChangeKind.Swapped], seen.Changes);
    }

    private sealed class Seen : IServingObserver
    {
        internal ConcurrentQueue<(int, int, int, int)> Compared { get; } = new();

        internal ConcurrentQueue<(string?, string, int, int)> Requests { get; } = new();

        internal ConcurrentQueue<(string, int)> Rows { get; } = new();

        internal ConcurrentQueue<(int, int)> Batches { get; } = new();

        internal ConcurrentQueue<ModelChangeKind> Changes { get; } = new();

        public void RequestEnded(in ServedRequest request) => Requests.Enqueue((request.Model?.Name, request.Protocol, request.Status, request.Rows));

        public void RowsScored(ScoringRows rows) => Rows.Enqueue((((Data.TextColumn)rows.Input(0))[0].ToString(), rows.RowCount));

        public void BatchScored(ServedModel model, int requests, int rows, TimeSpan time) => Batches.Enqueue((requests, rows));

        public void ModelChanged(ModelChange change) => Changes.Enqueue(change.Kind);

        public void ShadowCompared(ServedModel model, ServedModel shadow, int rows, int disagreements) => Compared.Enqueue((model.Version, shadow.Version, rows, disagreements));
    }
}
