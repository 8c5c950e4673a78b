using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace MLPipelines.Server.Tests.Deploy;

public sealed class ManifestTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(TrainedModels.Data("x")))!, "deploy");

    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Folder, "Dockerfile"));

    private static YamlMappingNode Document(string kind)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, "kubernetes.yaml"))));
        return stream.Documents.Select(document => (YamlMappingNode)document.RootNode).Single(document => Text(document, "kind") == kind);
    }

    private static YamlNode At(YamlNode node, string path) => path.Split('.').Aggregate(node, (at, name) => int.TryParse(name, CultureInfo.InvariantCulture, out int index) ? at[index] : at[new YamlScalarNode(name)]);

    private static string Text(YamlNode node, string path) => ((YamlScalarNode)At(node, path)).Value!;

    [Fact]
    public async Task Probes_and_annotations_ask_for_what_the_server_answers()
    {
        YamlNode pod = At(Document("Deployment"), "spec.template"), container = At(pod, "spec.containers.0");
        using var folder = new TemporaryFolder();
        folder.Copy(TrainedModels.OneText, "bodies.zip");
        await using RunningServer server = await RunningServer.StartAsync(folder.Path);
        string[] paths = [.. new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => Text(container, $"{probe}.httpGet.path")), ((YamlScalarNode)At(pod, "metadata.annotations")[new YamlScalarNode("prometheus.io/path")]).Value!];
        foreach (string path in paths)
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(200, (int)answer.StatusCode);
        }
        Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Equal(Text(container, "ports.0.name"), Text(container, $"{probe}.httpGet.port")));
    }

    [Fact]
    public void The_manifest_the_image_and_the_service_agree_on_the_port()
    {
        YamlNode container = At(Document("Deployment"), "spec.template.spec.containers.0");
        string port = Text(container, "ports.0.containerPort");
        Assert.Contains($"\nEXPOSE {port}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"\"--port\", \"{port}\"", Dockerfile, StringComparison.Ordinal);
        Assert.Equal(Text(container, "ports.0.name"), Text(Document("Service"), "spec.ports.0.targetPort"));
        Assert.Equal(At(Document("Deployment"), "spec.template.metadata.labels"), At(Document("Service"), "spec.selector"));
    }

    [Fact]
    public void The_container_may_do_nothing_that_it_need_not()
    {
        YamlNode pod = At(Document("Deployment"), "spec.template.spec"), container = At(pod, "containers.0");
        Assert.Equal("true", Text(pod, "securityContext.runAsNonRoot"));
        Assert.Equal("false", Text(pod, "automountServiceAccountToken"));
        Assert.Equal("RuntimeDefault", Text(pod, "securityContext.seccompProfile.type"));
        Assert.Equal("true", Text(container, "securityContext.readOnlyRootFilesystem"));
        Assert.Equal("false", Text(container, "securityContext.allowPrivilegeEscalation"));
        Assert.Equal("ALL", Text(container, "securityContext.capabilities.drop.0"));
        Assert.NotEmpty(Text(container, "resources.limits.memory"));
        Assert.Contains($"\nUSER {Text(pod, "securityContext.runAsUser")}\n", Dockerfile, StringComparison.Ordinal);
        // It has the time to drain and to finish what it accepted.
        Assert.True(int.Parse(Text(pod, "terminationGracePeriodSeconds"), CultureInfo.InvariantCulture) >= 70);
    }

    [Fact]
    public void The_image_is_chiselled_and_needs_a_key()
    {
        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("CMD [\"--api-keys\"", Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("--allow-anonymous", Dockerfile + File.ReadAllText(Path.Combine(Folder, "kubernetes.yaml")), StringComparison.Ordinal);
        string[] secrets = ["password", "mlp_"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Dockerfile, StringComparison.Ordinal));
    }

    /// <summary>What the image starts is understood by the command, but that there are no such files here.</summary>
    [Fact]
    public void The_arguments_of_the_image_and_of_the_manifest_are_those_of_the_command()
    {
        string[] entry = Arguments("ENTRYPOINT"), arguments = [.. ((YamlSequenceNode)At(Document("Deployment"), "spec.template.spec.containers.0.args")).Select(node => ((YamlScalarNode)node).Value!)];
        Assert.Equal(["dotnet", "/app/mlp.dll", "serve", "/models"], entry[..4]);
        foreach (string[] more in new[] { Arguments("CMD"), arguments })
        {
            using StringWriter output = new(), error = new();
            Assert.Equal(2, Cli.Program.Run([.. entry[2..3], "/no/such/folder", .. entry[4..], .. more], output, error));
            Assert.Contains("There is no model file or folder /no/such/folder", error.ToString(), StringComparison.Ordinal);
        }
    }

    private static string[] Arguments(string instruction)
    {
        string line = Dockerfile.Split('\n').Single(line => line.StartsWith(instruction + " ", StringComparison.Ordinal));
        return System.Text.Json.JsonSerializer.Deserialize<string[]>(line[(instruction.Length + 1)..])!;
    }
}
