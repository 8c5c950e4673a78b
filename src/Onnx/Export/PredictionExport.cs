using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms;

namespace MLPipelines.Onnx.Export;

/// <summary>What a model predicts as a graph: labels as their values, and what the scores belong to as metadata.</summary>
internal static class PredictionExport
{
    /// <summary>The metadata that lists, as JSON, the labels of the scores in their order.</summary>
    internal const string LabelsKey = "labels";

    private static readonly string[] Predictions = [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability];

    /// <param name="model">The model.</param>
    /// <param name="input">The columns that it is applied to.</param>
    /// <param name="name">What the graph is called.</param>
    /// <param name="outputs">The columns that become outputs; what the model predicts when there are none.</param>
    /// <param name="opset">The version of the operators; the usual one when left out.</param>
    /// <exception cref="MLPipelinesException">Steps that the outputs need cannot be expressed.</exception>
    internal static ModelProto Of(ITransformer model, DataViewSchema input, string name, IReadOnlyList<string> outputs, int? opset)
    {
        DataViewSchema output = model.GetOutputSchema(input);
        IReadOnlyList<string>? labels = LabelsOf(output);
        if (output.GetColumnOrNull(ScoreColumns.PredictedLabel) is { Type: KeyDataViewType } predicted && KeyValues.Of(predicted) is not null)
        {
            model = new TransformerChain<ITransformer>(model, new KeyToValueMappingTransformer([new InputOutputColumnPair(ScoreColumns.PredictedLabel)]));
            output = model.GetOutputSchema(input);
        }
        bool areChosen = outputs.Count > 0;
        if (!areChosen) outputs = PredictedIn(output, input);
        ModelProto exported = ModelExporter.Export(model, input, new OnnxExportOptions { OutputColumns = outputs, SkipsLeftOut = !areChosen, OpsetVersion = opset ?? OpsetVersions.Default, Name = name });
        if (labels is not null) exported.MetadataProps.Add(new StringStringEntryProto { Key = LabelsKey, Value = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]).ToJsonString() });
        return exported;
    }

    /// <summary>The labels of the scores of an exported model; none where there are none.</summary>
    internal static IReadOnlyList<string> LabelsOf(ModelProto exported) =>
        exported.MetadataProps.FirstOrDefault(entry => entry.Key == LabelsKey) is { } entry ? [.. JsonNode.Parse(entry.Value)!.AsArray().Select(label => label!.GetValue<string>())] : [];

    /// <summary>The columns of predictions; of a model that has none, all that it makes.</summary>
    private static List<string> PredictedIn(DataViewSchema output, DataViewSchema input)
    {
        var made = output.Where(column => !column.IsHidden && (column.Index >= input.Count || column.Name != input[column.Index].Name || !column.Type.Equals(input[column.Index].Type))).Select(column => column.Name).ToList();
        var predicted = made.Intersect(Predictions, StringComparer.Ordinal).ToList();
        return predicted.Count > 0 ? predicted : made.Count > 0 ? made : throw new MLPipelinesException("The model makes no columns: there is nothing to export.");
    }

    private static string[]? LabelsOf(DataViewSchema output) =>
        output.GetColumnOrNull(ScoreColumns.Score) is { Type: VectorDataViewType } score && KeyValues.Of(score, AnnotationKinds.TrainingLabelValues) is { } values
            ? [.. Enumerable.Range(0, values.Count).Select(values.TextOf)] : null;
}
