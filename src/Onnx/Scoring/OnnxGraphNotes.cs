using Google.Protobuf;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx;

/// <summary>What a session does not say of its model, read from the file; the file's messages, which hold the weights again, are not kept.</summary>
/// <param name="Shapeless">The inputs and outputs without a shape; a session takes them for scalars.</param>
/// <param name="SlotNames">The names of the items of columns, where the model has them as those that are exported from ML.NET do.</param>
/// <param name="ExternalWeights">A tensor that is kept in another file, and that file; <see langword="null"/> where there is none.</param>
internal sealed record OnnxGraphNotes(IReadOnlySet<string> Shapeless, IReadOnlyDictionary<string, IReadOnlyList<string>> SlotNames, string? ExternalWeights)
{
    private const string Prefix = "mlnet.", Suffix = ".SlotNames";

    /// <param name="bytes">The file's content.</param>
    /// <param name="what">What to call it in messages.</param>
    /// <param name="recursionLimit">How deep messages may be nested.</param>
    /// <exception cref="MLPipelinesException">The file is not valid.</exception>
    internal static OnnxGraphNotes Of(byte[] bytes, string what, int recursionLimit)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var coded = CodedInputStream.CreateWithLimits(stream, int.MaxValue, recursionLimit);
            return Of(ModelProto.Parser.ParseFrom(coded).Graph ?? new GraphProto());
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new MLPipelinesException($"{what} ({bytes.Length:N0} bytes) is not an ONNX file, or is cut off: {fault.Message}", fault);
        }
    }

    private static OnnxGraphNotes Of(GraphProto graph)
    {
        var names = new Dictionary<string, IReadOnlyList<string>>();
        foreach (NodeProto node in graph.Node)
        {
            if (!node.Name.StartsWith(Prefix, StringComparison.Ordinal) || !node.Name.EndsWith(Suffix, StringComparison.Ordinal) || node.Name.Length <= Prefix.Length + Suffix.Length) continue;
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "keys_strings") is { } keys)
                names[node.Name[Prefix.Length..^Suffix.Length]] = [.. keys.Strings.Select(text => text.ToStringUtf8())];
        }
        TensorProto? external = graph.Initializer.FirstOrDefault(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External);
        return new OnnxGraphNotes(
            graph.Input.Concat(graph.Output).Where(value => value.Type?.TensorType is { Shape: null }).Select(value => value.Name).ToHashSet(), names,
            external is null ? null : $"'{external.Name}' in '{external.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value}'");
    }
}
