using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MLPipelines.Server.Tests;

/// <summary>What a server does not take, and what it says then.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_request_that_is_too_large_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText, options: (nameof(ModelServerOptions.MaxRequestBytes), 1000));
        string large = $"[\"{new string('x', 2000)}\"]";
        Assert.Equal("The request is larger than the 1,000 bytes that this server takes; send its rows in several requests.", await server.RefusedAsync(413, "bodies", large));
        // Of a body in pieces nobody knows the size beforehand.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/models/bodies/predict") { Content = new StringContent(large) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = null;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Single(await server.PredictAsync("bodies", "[\"a\"]"));
    }

    [Fact]
    public async Task A_request_of_too_many_rows_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText, options: (nameof(ModelServerOptions.MaxRequestRows), 3));
        Assert.Equal(3, (await server.PredictAsync("bodies", "[\"a\",\"b\",\"c\"]")).Count);
        Assert.Equal("The request has 4 rows, this server takes 3; send them in several requests.", await server.RefusedAsync(413, "bodies", "[\"a\",\"b\",\"c\",\"d\"]"));
    }

    [Fact]
    public async Task Rows_beyond_what_a_model_takes_at_once_are_scored_all_the_same()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText);
        JsonArray one = await server.PredictAsync("bodies", "[\"Where is my parcel?\",\"\"]"), many = await server.PredictAsync("bodies", $"[{string.Join(',', Enumerable.Repeat("\"Where is my parcel?\",\"\"", 2500))}]", "?top=0");
        Assert.Equal(5000, many.Count);
        for (int row = 0; row < many.Count; row++) Assert.Equal(one[row % 2]!["probability"]!.GetValue<float>(), many[row]!["probability"]!.GetValue<float>());
    }

    [Fact]
    public async Task What_does_not_come_in_time_is_given_up()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, options: (nameof(ModelServerOptions.Scorers), 1));
        gate.Close();
        Task<(int, string)> first = server.SendAsync("/models/gate/predict", "[\"a\"]");
        await server.UntilAsync(() => gate.Held == 1);
        long start = Stopwatch.GetTimestamp();
        Assert.Equal("The deadline of the request passed before its rows were scored.", await server.RefusedAsync(504, "gate", "[\"abc\"]", ("Request-Timeout", "0.2")));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.15, 10);
        gate.Open();
        Assert.Equal(200, (await first).Item1);
        // What was given up was not computed, and left no trace.
        Assert.Equal(2, (await server.PredictAsync("gate", "[\"ab\"]"))[0]!["score"]!.GetValue<float>());
        Assert.Equal([1, 1], gate.Batches);
        Assert.StartsWith("Request-Timeout: found 'soon', expected seconds", await server.RefusedAsync(400, "gate", "[\"a\"]", ("Request-Timeout", "soon")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_rows_are_scored_answers_at_once()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, options: (nameof(ModelServerOptions.Scorers), 1));
        // After it took long once, the server knows better than to wait for it on the thread of the request.
        gate.Close();
        Task<(int, string)> first = server.SendAsync("/models/gate/predict", "[\"a\"]");
        await server.UntilAsync(() => gate.Held == 1);
        await Task.Delay(100);
        gate.Open();
        Assert.Equal(200, (await first).Item1);
        gate.Close();
        await server.RefusedAsync(504, "gate", "[\"abc\"]", ("Request-Timeout", "0.2"));
        Assert.Equal(1, gate.Held);
        gate.Open();
        Assert.Equal(2, (await server.PredictAsync("gate", "[\"ab\"]"))[0]!["score"]!.GetValue<float>());
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_again()
    {
        using var folder = new TemporaryFolder();
        Gate gate = GateStep.Save(folder["gate.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, null, (nameof(ModelServerOptions.Scorers), 1), (nameof(ModelServerOptions.QueueLimit), 2));
        gate.Close();
        Task<(int Status, string)>[] taken = [.. Enumerable.Range(0, 3).Select(_ => server.SendAsync("/models/gate/predict", "[\"a\"]"))];
        await server.UntilAsync(() => gate.Held == 1 && server.Host.Get("gate").WaitingRequests == 2);
        using HttpResponseMessage refused = await server.Client.PostAsync(new Uri("/models/gate/predict", UriKind.Relative), new StringContent("[\"a\"]", Encoding.UTF8, "application/json"));
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        gate.Open();
        foreach (var one in taken) Assert.Equal(200, (await one).Status);
        Assert.Single(await server.PredictAsync("gate", "[\"a\"]"));
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_given_up_and_others_are_served_meanwhile()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText, options: (nameof(ModelServerOptions.RequestTimeout), TimeSpan.FromSeconds(0.5)));
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Url.Host, server.Url.Port);
        NetworkStream stream = slow.GetStream();
        await stream.WriteAsync("POST /models/bodies/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[\"a"u8.ToArray());
        Assert.Single(await server.PredictAsync("bodies", "[\"a\"]"));
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        // The connection ends, since the rest of the body would be taken for a request.
        await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
