using System.Text.Json.Nodes;
using MLPipelines.Persistence;

namespace MLPipelines.Onnx.Export;

/// <summary>What a step or model would write to a model file, read back from memory: converters see what loaders see.</summary>
internal static class SavedParts
{
    internal static ModelStepReader Of(IModelStep step) => Of(step.TypeId, step.Version, step.Save);

    internal static ModelStepReader Of(IScoringModel model) => Of(model.TypeId, 1, model.Save);

    private static StepPartsReader Of(string name, int version, Action<ModelStepWriter> save)
    {
        var parameters = new JsonObject();
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        save(new StepPartsWriter(name, parameters, entries));
        // Through text, as in a file: whole numbers are then readable as numbers too.
        return new StepPartsReader("The model", name, version, (JsonObject)JsonNode.Parse(parameters.ToJsonString())!, entries);
    }
}
