using System.Xml.Linq;

namespace MLPipelines.Architecture.Tests;

public class ProjectReferenceTests
{
    private static readonly string[] Libraries = ["Tensors", "Pipelines", "Neural", "Onnx", "AutoML"];

    /// <summary>Each folder of src with those that its project may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Tensors"] = [],
        ["Pipelines"] = [],
        ["Neural"] = ["Tensors", "Pipelines"],
        ["Onnx"] = ["Pipelines", "Neural"],
        ["AutoML"] = ["Pipelines"],
        ["Scenarios"] = Libraries,
        ["Cli"] = ["Scenarios", "Server"],
        ["Server"] = ["Scenarios"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("*.csproj", "src")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_reference_those_beneath_them_only(string project)
    {
        string folder = project.Split('/')[1];
        Assert.True(Allowed.TryGetValue(folder, out string[]? allowed), $"{project}: say in this test what it may reference.");
        foreach (string reference in References(project))
            Assert.True(reference.StartsWith("src/", StringComparison.Ordinal) && allowed!.Contains(reference.Split('/')[1]),
                $"{project} references {reference}; it may reference {(allowed!.Length == 0 ? "nothing" : string.Join(", ", allowed))}.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("MLPipelines.sln").Replace('\\', '/');
        Assert.All(Repository.Files("*.csproj", "src", "tests", "bench"), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        return XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value.Replace('\\', '/'))))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));
    }
}
