using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Server.Tests;

public sealed class AppTests
{
    [Fact]
    public async Task An_app_adds_models_with_a_line_for_the_services_and_one_for_the_paths()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("ModelServer:Top", "1"), new("ModelServer:Models:tickets:Aliases:production", "1")]);
        builder.Services.AddModelServer(options => options.Path = TrainedModels.Tickets);
        await using WebApplication app = builder.Build();
        app.MapModels("/ml");
        app.MapGet("/", () => "the app's own");
        await app.StartAsync();
        using HttpClient client = app.GetTestClient();
        var host = app.Services.GetRequiredService<ModelHost>();
        while (!host.HasLoaded) await Task.Delay(10);
        using HttpResponseMessage response = await client.PostAsJsonAsync("/ml/models/tickets@production/predict", new { subject = "Invoice", body = "I was charged twice" });
        Assert.Equal("billing", (await response.Content.ReadFromJsonAsync<JsonNode>())!["predictions"]![0]!["label"]!.GetValue<string>());
        Assert.Equal("ok\n", await client.GetStringAsync(new Uri("/ml/healthz", UriKind.Relative)));
        Assert.Equal("the app's own", await client.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Fact]
    public async Task A_server_that_ends_is_not_ready_and_answers_what_it_accepted()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, options: (nameof(ModelServerOptions.DrainTime), TimeSpan.FromSeconds(1)));
        gate.Close();
        Task<JsonArray> accepted = server.PredictAsync("gate", "[\"abc\"]");
        await server.UntilAsync(() => gate.Held == 1);
        Task ending = server.StopAsync();
        await server.UntilAsync(() => server.Host.IsDraining);
        using (HttpResponseMessage ready = await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative))) Assert.Equal((503, "The server is shutting down.\n"), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        using (HttpResponseMessage alive = await server.Client.GetAsync(new Uri("/healthz", UriKind.Relative))) Assert.Equal(200, (int)alive.StatusCode);
        await Task.Delay(1500);
        Assert.False(ending.IsCompleted);
        gate.Open();
        Assert.Equal(3, (await accepted)[0]!["score"]!.GetValue<float>());
        await ending.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
