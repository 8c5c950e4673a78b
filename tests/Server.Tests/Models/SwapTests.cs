using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Server.Tests;

/// <summary>Files of models are replaced while they are served.</summary>
public sealed class SwapTests
{
    private const string Row = """{"subject":"Invoice","body":"I was charged twice"}""";

    private static readonly (string, object)[] Quickly = [(nameof(ModelServerOptions.PollInterval), TimeSpan.FromSeconds(0.1)), (nameof(ModelServerOptions.RemovalDelay), TimeSpan.FromSeconds(1))];

    [Fact]
    public async Task A_replaced_model_takes_over_with_no_failed_request()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        string[] labels = [await LabelAsync(server), ""];
        using var ended = new CancellationTokenSource();
        Task<int>[] clients = [.. Enumerable.Range(0, 4).Select(async _ =>
        {
            int count = 0;
            for (; !ended.IsCancellationRequested; count++) Assert.Contains(await LabelAsync(server), Labels);
            return count;
        })];
        for (int swap = 0; swap < 6; swap++)
        {
            string before = server.Host.Get("m").Sha256;
            folder.Copy(swap % 2 == 0 ? TrainedModels.Priorities : TrainedModels.Tickets, "m.zip");
            await server.UntilAsync(() => server.Host.Get("m").Sha256 != before);
            labels[1] = swap == 0 ? await LabelAsync(server) : labels[1];
        }
        await ended.CancelAsync();
        Assert.All(await Task.WhenAll(clients), count => Assert.True(count > 0));
        Assert.NotEqual(labels[0], labels[1]);
        Assert.Equal(labels[0], await LabelAsync(server));
    }

    [Fact]
    public async Task A_replaced_model_is_let_go_once_its_last_requests_are_answered()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        WeakReference replaced = await ReplaceAsync(server, folder);
        await server.UntilAsync(() =>
        {
            GC.Collect();
            return !replaced.IsAlive;
        });
    }

    private static async Task<WeakReference> ReplaceAsync(RunningServer server, TemporaryFolder folder)
    {
        await LabelAsync(server);
        ServedModel model = server.Host.Get("m");
        folder.Copy(TrainedModels.Priorities, "m.zip");
        await server.UntilAsync(() => server.Host.Get("m") != model);
        // A request that it still answers is counted when it is known already that it was replaced.
        foreach (IServingObserver observer in server.Services.GetServices<IServingObserver>()) observer.BatchScored(model, 1, 1, TimeSpan.Zero);
        server.Services.GetRequiredService<DriftMonitor>().Compare(model);
        return new WeakReference(model);
    }

    [Fact]
    public async Task A_file_of_the_same_content_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        ServedModel before = server.Host.Get("m");
        File.SetLastWriteTimeUtc(folder["m.zip"], DateTime.UtcNow.AddMinutes(-1));
        await server.Host.RefreshAsync(settled: true);
        Assert.Same(before, server.Host.Get("m"));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_and_what_was_served_stays()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        string label = await LabelAsync(server), sha256 = server.Host.Get("m").Sha256;
        byte[] damaged = await File.ReadAllBytesAsync(TrainedModels.Priorities);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(folder["m.zip"], damaged);
        await server.UntilAsync(() => server.Host.Status[0].Problem is not null);
        JsonNode status = (await server.GetAsync("/models"))["models"]![0]!;
        Assert.Equal(("serving its predecessor", sha256), (status["state"]!.GetValue<string>(), status["sha256"]!.GetValue<string>()));
        Assert.Contains("m.zip", status["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(label, await LabelAsync(server));
        Assert.Equal(200, (int)(await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode);
        folder.Copy(TrainedModels.Priorities, "m.zip");
        await server.UntilAsync(() => server.Host.Get("m").Sha256 != sha256);
        Assert.Null(server.Host.Status[0].Problem);
    }

    [Fact]
    public async Task A_model_that_needs_other_columns_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.OneText, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await server.UntilAsync(() => server.Host.Status[0].Problem is not null);
        Assert.Equal("m.zip does not fit those who ask for m: it needs the column 'subject', which the one being served does not. Serve it as another version, such as m@2.zip.", server.Host.Status[0].Problem);
        folder.Copy(TrainedModels.Fees, "m.zip");
        await server.UntilAsync(() => server.Host.Status[0].Problem!.Contains("one of several labels", StringComparison.Ordinal));
        Assert.Single(await server.PredictAsync("m", "[\"still served\"]"));
    }

    [Fact]
    public async Task A_writer_that_is_killed_half_way_leaves_the_old_model_served()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        string label = await LabelAsync(server);
        // Writes over the file in place, as a copy does, and beside it, as mlp train does; neither comes to an end.
        foreach (string target in new[] { "m.zip", "m.zip.0123.tmp" })
        {
            using var writer = Process.Start("sh", ["-c", $"head -c 20000 '{TrainedModels.Priorities}' > '{folder[target]}'; sleep 60"]);
            await server.UntilAsync(() => File.Exists(folder[target]) && new FileInfo(folder[target]).Length == 20000);
            writer.Kill();
            await writer.WaitForExitAsync();
        }
        await server.UntilAsync(() => server.Host.Status[0].Problem is not null);
        Assert.Single(server.Host.Status);
        Assert.Equal("m.zip is not a model file, or is cut off: it is not a complete zip archive (20000 bytes).", server.Host.Status[0].Problem);
        Assert.Equal(label, await LabelAsync(server));
        folder.Copy(TrainedModels.Priorities, "m.zip");
        await server.UntilAsync(() => server.Host.Status[0].Problem is null);
        Assert.NotEqual(label, await LabelAsync(server));
    }

    [Fact]
    public async Task A_volume_whose_links_lead_elsewhere_is_noticed()
    {
        // As Kubernetes mounts: name.zip → ..data/name.zip, and ..data → the folder of the day.
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["..1"]);
        Directory.CreateDirectory(folder["..2"]);
        File.Copy(TrainedModels.Tickets, folder[Path.Combine("..1", "m.zip")]);
        File.Copy(TrainedModels.Priorities, folder[Path.Combine("..2", "m.zip")]);
        Directory.CreateSymbolicLink(folder["..data"], "..1");
        File.CreateSymbolicLink(folder["m.zip"], Path.Combine("..data", "m.zip"));
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        string before = server.Host.Get("m").Sha256;
        Directory.CreateSymbolicLink(folder["..new"], "..2");
        File.Delete(folder["..data"]);
        Directory.Move(folder["..new"], folder["..data"]);
        await server.UntilAsync(() => server.Host.Get("m").Sha256 != before);
        Assert.Null(server.Host.Status[0].Problem);
    }

    [Fact]
    public async Task Models_come_and_go_with_their_files()
    {
        using var folder = new TemporaryFolder();
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, Quickly);
        using (HttpResponseMessage empty = await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative)))
        {
            Assert.Equal(503, (int)empty.StatusCode);
            Assert.StartsWith("No model is served: there are no model files in ", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal("There is no model 'm'. No model is served.", await server.RefusedAsync(404, "m", Row));
        folder.Copy(TrainedModels.Tickets, "m.zip");
        await server.UntilAsync(() => server.Host.Find("m") is not null);
        Assert.True(server.Host.IsReady);
        // A file that is deleted before another one takes its place leaves no gap.
        File.Delete(folder["m.zip"]);
        await Task.Delay(300);
        Assert.Single(await server.PredictAsync("m", Row));
        await server.UntilAsync(() => server.Host.Find("m") is null);
        Assert.Empty(server.Host.Status);
    }

    private static readonly string[] Labels = ["refund", "delivery", "bug", "billing", "account", "how-to", "feature-request", "cancellation", "low", "normal", "high", "urgent"];

    private static async Task<string> LabelAsync(RunningServer server) => (await server.PredictAsync("m", Row))[0]!["label"]!.GetValue<string>();
}
