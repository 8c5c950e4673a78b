using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MLPipelines.Server.Tests.Tracing;

public sealed class TraceTests : IDisposable
{
    private const string Secret = "Zwiebelfisch4711";

    private readonly TemporaryFolder _folder = new();

    public TraceTests() => _folder.Copy(TrainedModels.OneText, "bodies.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Spans_reach_a_collector_by_OTLP_without_what_is_in_the_rows()
    {
        var received = new ConcurrentQueue<byte[]>();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using WebApplication collector = builder.Build();
        collector.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();
        RunningServer server = await RunningServer.StartAsync(_folder.Path, app =>
        {
            app.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });
            TraceExport.Add(app.Services, app.Configuration);
        });
        await server.PredictAsync("bodies", $"[\"{Secret} has not come\"]");
        await server.RefusedAsync(400, "bodies", $"[{{\"body\": [\"{Secret}\"]}}]");
        // What has ended is sent when the server ends.
        await server.StopAsync();
        await server.DisposeAsync();
        string all = string.Concat(received.Select(Encoding.UTF8.GetString));
        foreach (string part in (string[])["mlp-serve", ServingTraces.SourceName, "score", "model.name", "bodies", "POST"]) Assert.Contains(part, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_collector_there_are_no_spans()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path, app => Assert.DoesNotContain(app.Services, service => service.ServiceType.FullName!.Contains("OpenTelemetry", StringComparison.Ordinal)));
        Assert.Single(await server.PredictAsync("bodies", "[\"x\"]"));
    }

    [Fact]
    public async Task Logs_tell_of_requests_and_not_of_rows()
    {
        var logs = new Logs();
        await using (RunningServer server = await RunningServer.StartAsync(_folder.Path, app =>
        {
            app.Logging.AddProvider(logs);
            app.Logging.SetMinimumLevel(LogLevel.Trace);
            app.Logging.AddFilter("MLPipelines", LogLevel.Trace);
        }))
        {
            await server.PredictAsync("bodies", $"[\"{Secret}\"]");
            foreach (string body in (string[])[$"[{{\"body\": {{\"a\": \"{Secret}\"}}}}]", $"[{{\"{Secret}\": 1}}]", $"[\"{Secret}", $"{{\"inputs\": \"{Secret}\"}}"])
            {
                Assert.Equal(400, (await server.SendAsync("/models/bodies/predict", body)).Status);
                Assert.Equal(400, (await server.SendAsync("/v2/models/bodies/infer", body)).Status);
            }
        }
        Assert.Contains(logs.Lines, line => line.Contains("Request for bodies@1: json 200, 1 rows", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.Contains("Request for bodies@1: v2 400", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_of_the_log_are_JSON_where_it_was_said()
    {
        Dictionary<string, string?> settings = new() { ["ModelServer:Path"] = _folder.Path, ["Logging:Console:FormatterName"] = "json" };
        await using WebApplication app = ModelServerApp.Create(new ModelServerApp.Listening(System.Net.IPAddress.Loopback, 0, null), settings);
        Assert.Equal("json", app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>>().CurrentValue.FormatterName);
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
