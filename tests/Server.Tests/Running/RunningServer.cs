using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Server.Tests;

/// <summary>The server of <c>mlp serve</c> in this process, on a free port of the loopback address.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    internal HttpClient Client { get; }

    internal ModelHost Host => _app.Services.GetRequiredService<ModelHost>();

    internal IServiceProvider Services => _app.Services;

    internal Uri Url => Client.BaseAddress!;

    /// <summary>Serves a folder or a file, and waits until it has been looked at.</summary>
    internal static async Task<RunningServer> StartAsync(string path, Action<WebApplicationBuilder>? configure = null, params (string Option, object Value)[] options)
    {
        var settings = options.Append((nameof(ModelServerOptions.Path), path)).ToDictionary(option => $"ModelServer:{option.Option}", option => Convert.ToString(option.Item2, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        WebApplication app = ModelServerApp.Create(new ModelServerApp.Listening(System.Net.IPAddress.Loopback, 0, null), settings, configure);
        await app.StartAsync();
        var server = new RunningServer(app);
        await server.UntilAsync(() => server.Host.HasLoaded);
        return server;
    }

    internal Task StopAsync() => _app.StopAsync();

    /// <summary>Sends a body, and gives the status and what came back.</summary>
    internal async Task<(int Status, string Body)> SendAsync(string path, string body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The predictions for a body, which must be answered well.</summary>
    internal async Task<JsonArray> PredictAsync(string model, string body, string query = "")
    {
        var (status, answer) = await SendAsync($"/models/{model}/predict{query}", body);
        Assert.True(status == 200, answer);
        return JsonNode.Parse(answer)!["predictions"]!.AsArray();
    }

    /// <summary>What is wrong with a body, which must be refused with a status.</summary>
    internal async Task<string> RefusedAsync(int expected, string model, string body, params (string Name, string Value)[] headers)
    {
        var (status, answer) = await SendAsync($"/models/{model}/predict", body, headers: headers);
        Assert.True(status == expected, $"{status}: {answer}");
        return JsonNode.Parse(answer)!["detail"]!.GetValue<string>();
    }

    internal async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>Waits for something that comes soon.</summary>
    internal async Task UntilAsync(Func<bool> condition)
    {
        for (int turn = 0; !condition(); turn++)
        {
            Assert.True(turn < 3000, "It did not come within 30 seconds.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
