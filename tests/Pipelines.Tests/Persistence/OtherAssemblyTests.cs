using System.Text.Json.Nodes;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence;

public sealed class OtherAssemblyTests
{
    [Fact]
    public void A_model_of_an_assembly_that_is_not_there_names_it()
    {
        // These tests do without the assembly of networks.
        var parameters = new JsonObject { ["features"] = "Features", ["model-type"] = "image-classification", ["model"] = new JsonObject(), ["classes"] = 2, ["labelled"] = false };
        var reader = new StepPartsReader("photos.zip", "01-multiclass-prediction", 1, parameters, new Dictionary<string, byte[]>());
        string message = Assert.Throws<MLPipelinesException>(() => ScoringModelTable.LoadMulticlass(reader)).Message;
        Assert.Contains("photos.zip", message, StringComparison.Ordinal);
        Assert.Contains("MLPipelines.Neural", message, StringComparison.Ordinal);
    }
}
