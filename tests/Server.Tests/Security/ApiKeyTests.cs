using System.Net;
using System.Text.Json;

namespace MLPipelines.Server.Tests.Security;

public sealed class ApiKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<(RunningServer Server, string Key)> StartAsync(params (string, object)[] more)
    {
        var (kept, key) = ApiKey.Create("shop");
        ApiKeyFile.Add(_folder["keys.json"], ApiKey.Create("other").Kept);
        ApiKeyFile.Add(_folder["keys.json"], kept);
        _folder.Copy(TrainedModels.OneText, "bodies.zip");
        return (await RunningServer.StartAsync(_folder.Path, null, [(nameof(ModelServerOptions.ApiKeyFile), _folder["keys.json"]), .. more]), key);
    }

    [Fact]
    public async Task Who_has_a_key_is_answered_and_nobody_else()
    {
        var (server, key) = await StartAsync();
        await using (server)
        {
            const string Path = "/models/bodies/predict";
            Assert.Equal(200, (await server.SendAsync(Path, "[\"x\"]", headers: ("X-Api-Key", key))).Status);
            Assert.Equal(200, (await server.SendAsync(Path, "[\"x\"]", headers: ("Authorization", $"Bearer {key}"))).Status);
            foreach (var header in new[] { ("X-Other", key), ("X-Api-Key", ""), ("X-Api-Key", key[..^1]), ("X-Api-Key", key + "x"), ("X-Api-Key", new string('x', 5000)), ("Authorization", $"Basic {key}"), ("Authorization", "Bearer") })
                Assert.Equal(401, (await server.SendAsync(Path, "[\"x\"]", headers: header)).Status);
            var (status, body) = await server.SendAsync("/v2/models/bodies/infer", "{}");
            Assert.Equal(401, status);
            Assert.Contains("\"error\":\"A key is needed", body, StringComparison.Ordinal);
            // The hash is no key.
            string hash = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["keys.json"])).RootElement.GetProperty("keys")[1].GetProperty("hash").GetString()!;
            Assert.Equal(401, (await server.SendAsync(Path, "[\"x\"]", headers: ("X-Api-Key", hash))).Status);
        }
    }

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/v2/health/live", 200)]
    [InlineData("/v2/health/ready", 200)]
    [InlineData("/try", 200)]
    [InlineData("/models", 401)]
    [InlineData("/models/bodies", 401)]
    [InlineData("/models/bodies/drift", 401)]
    [InlineData("/v2", 401)]
    [InlineData("/v2/models/bodies", 401)]
    [InlineData("/openapi.json", 401)]
    [InlineData("/metrics", 401)]
    public async Task Only_what_tells_nothing_of_the_models_is_open(string path, int status)
    {
        var (server, _) = await StartAsync();
        await using (server)
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 401) Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Metrics_are_open_where_it_was_said()
    {
        var (server, _) = await StartAsync((nameof(ModelServerOptions.OpenMetrics), true));
        await using (server) Assert.Contains("mlpipelines_ready 1", await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", null, true)]
    [InlineData("192.168.1.5", null, true)]
    [InlineData("::", null, true)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", null, false)]
    [InlineData("127.0.0.1", "http://*:8080", true)]
    [InlineData("127.0.0.1", "https://models.example:8443/", true)]
    [InlineData("0.0.0.0", "http://localhost:8080", false)]
    [InlineData("0.0.0.0", "http://[::1]:8080", false)]
    public void Other_machines_are_not_let_in_without_a_key(string address, string? configured, bool isRefused)
    {
        Dictionary<string, string?> settings = new() { ["ModelServer:Path"] = _folder.Path };
        if (configured is not null) settings["Kestrel:Endpoints:Http:Url"] = configured;
        Exception? refused = Record.Exception(() => ModelServerApp.Create(new ModelServerApp.Listening(IPAddress.Parse(address), 0, null), settings));
        Assert.Equal(isRefused, refused is MLPipelinesException);
        if (!isRefused) return;
        Assert.Contains("mlp serve keys add", refused!.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-anonymous", refused.Message, StringComparison.Ordinal);
        settings["ModelServer:AllowAnonymous"] = "true";
        Assert.NotNull(ModelServerApp.Create(new ModelServerApp.Listening(IPAddress.Parse(address), 0, null), settings));
        settings.Remove("ModelServer:AllowAnonymous");
        settings["ModelServer:ApiKeys:0:Name"] = "gateway";
        settings["ModelServer:ApiKeys:0:Hash"] = ApiKey.Create("gateway").Kept.Hash;
        Assert.NotNull(ModelServerApp.Create(new ModelServerApp.Listening(IPAddress.Parse(address), 0, null), settings));
    }

    [Fact]
    public void A_file_of_keys_is_for_its_owner_and_names_each_key_once()
    {
        string file = _folder["keys.json"];
        var (kept, key) = ApiKey.Create("shop");
        ApiKeyFile.Add(file, kept);
        Assert.DoesNotContain(key, File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("already", Assert.Throws<MLPipelinesException>(() => ApiKeyFile.Add(file, kept)).Message, StringComparison.Ordinal);
        Assert.Equal(["shop"], ApiKeyFile.Read(file).Select(one => one.Name));
        Assert.NotEqual(ApiKey.Create("a").Key, ApiKey.Create("a").Key);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"keys": [{"name": "a", "hash": "secret"}]}""")]
    [InlineData("""{"keys": [{"name": "a", "hash": "sha256:abc"}]}""")]
    public void A_file_that_is_none_of_keys_is_refused(string text)
    {
        File.WriteAllText(_folder["keys.json"], text);
        Assert.Throws<MLPipelinesException>(() => ApiKeyFile.Read(_folder["keys.json"]));
    }

    [Fact]
    public void The_command_shows_a_key_once_and_keeps_its_hash()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, Cli.Program.Run(["serve", "keys", "add", "shop", "--file", _folder["k.json"]], output, error));
        string key = output.ToString().Trim();
        Assert.StartsWith("mlp_", key, StringComparison.Ordinal);
        Assert.Equal(47, key.Length);
        Assert.DoesNotContain(key, File.ReadAllText(_folder["k.json"]), StringComparison.Ordinal);
    }
}
