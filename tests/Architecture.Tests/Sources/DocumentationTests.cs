using System.Reflection;
using System.Xml.Linq;
using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Architecture.Tests;

public class DocumentationTests
{
    public static TheoryData<string> Libraries => ["MLPipelines", "MLPipelines.AutoML", "MLPipelines.Neural", "MLPipelines.Onnx", "MLPipelines.Scenarios", "MLPipelines.Server", "MLPipelines.Tensors"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_public_type_says_what_it_is(string library)
    {
        Assembly assembly = Assembly.Load(library);
        var summaries = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "", StringComparer.Ordinal);
        var silent = assembly.GetExportedTypes().Select(type => $"T:{type.FullName!.Replace('+', '.')}").Where(type => summaries.GetValueOrDefault(type, "").Length == 0);
        Assert.Empty(silent);
    }
}
