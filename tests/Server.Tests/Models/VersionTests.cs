using System.Text.Json.Nodes;

namespace MLPipelines.Server.Tests;

public sealed class VersionTests
{
    private const string Row = """{"subject":"Invoice","body":"I was charged twice"}""";

    [Fact]
    public async Task Versions_and_aliases_are_asked_for_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m@1.zip");
        folder.Copy(TrainedModels.Priorities, "m@2.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path, options: (nameof(ModelServerOptions.PollInterval), TimeSpan.FromSeconds(0.1)));
        Assert.Equal(["m", "m@1", "m@2"], server.Host.References.Order(StringComparer.Ordinal));
        Assert.Equal(2, server.Host.Get("m").Version);
        await File.WriteAllTextAsync(folder["models.json"], """{"m": {"aliases": {"production": 1, "default": 1, "gone": 7}}}""");
        await server.UntilAsync(() => server.Host.Find("m@production") is not null);
        Assert.Equal((1, 1, 2), (server.Host.Get("m").Version, server.Host.Get("m@production").Version, server.Host.Get("m@2").Version));
        Assert.Null(server.Host.Find("m@gone"));
        var (_, answer) = await server.SendAsync("/models/m@production/predict", Row);
        Assert.Equal(("m", 1), (JsonNode.Parse(answer)!["model"]!.GetValue<string>(), JsonNode.Parse(answer)!["version"]!.GetValue<int>()));
        // Settings that cannot be understood change nothing, and are reported.
        await File.WriteAllTextAsync(folder["models.json"], """{"m": {"aliases": {"production": "two"}}}""");
        await server.UntilAsync(() => server.Host.Status.Any(status => status.Problem is not null));
        Assert.Contains("models.json cannot be read", server.Host.Status[^1].Problem, StringComparison.Ordinal);
        Assert.Equal(1, server.Host.Get("m@production").Version);
    }

    [Fact]
    public async Task A_file_without_a_number_is_what_the_name_means()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.Tickets, "m.zip");
        folder.Copy(TrainedModels.Priorities, "m@2.zip");
        folder.Copy(TrainedModels.Priorities, "m@1.zip");
        folder.Copy(TrainedModels.Priorities, "m@01.zip");
        folder.Copy(TrainedModels.Priorities, "a name.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal((1, folder["m.zip"]), (server.Host.Get("m").Version, server.Host.Get("m").File));
        string?[] problems = [.. server.Host.Status.Select(status => status.Problem)];
        Assert.Equal(3, problems.Count(problem => problem is not null));
        Assert.Contains("m@1.zip and m.zip are both version 1 of m; give it another number.", problems);
        Assert.Contains("a name.zip is not called as models are: name.zip or name@2.zip, of letters, digits and . - _.", problems);
    }

    [Theory]
    [InlineData("m.zip", "m", 1)]
    [InlineData("m@12.zip", "m", 12)]
    [InlineData("net.3-x_y@2.ZIP", "net.3-x_y", 2)]
    [InlineData("größe.zip", "größe", 1)]
    [InlineData(".zip", null, 0)]
    [InlineData("..zip", null, 0)]
    [InlineData(".m.zip", null, 0)]
    [InlineData("m@0.zip", null, 0)]
    [InlineData("m@production.zip", null, 0)]
    [InlineData("m@.zip", null, 0)]
    [InlineData("@1.zip", null, 0)]
    [InlineData("m/n.zip", null, 0)]
    [InlineData("m.zip.tmp", null, 0)]
    public void Names_of_files_say_name_and_version(string file, string? name, int version)
    {
        bool isModel = ModelReference.TryParseFile(file, out string found, out int number, out _);
        Assert.Equal(name is not null, isModel);
        if (isModel) Assert.Equal((name, version), (found, number));
    }
}
