using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>Operators of the domain <c>ai.onnx.ml</c>.</summary>
internal static class LearningOperations
{
    /// <summary>The number of a text by a table.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="keys">The texts of the table.</param>
    /// <param name="values">Their numbers.</param>
    /// <param name="unknown">The number of other texts.</param>
    internal static GraphValue Look(this GraphBuilder graph, GraphValue texts, IReadOnlyCollection<string> keys, IReadOnlyCollection<long> values, long unknown) =>
        graph.Encode(texts, TensorType.Int64, ("keys_strings", keys), ("values_int64s", values), ("default_int64", unknown));

    /// <summary>The text of a number by a table.</summary>
    internal static GraphValue Name(this GraphBuilder graph, GraphValue numbers, IReadOnlyCollection<long> keys, IReadOnlyCollection<string> values, string unknown) =>
        graph.Encode(numbers, TensorType.String, ("keys_int64s", keys), ("values_strings", values), ("default_string", unknown));

    /// <summary>Maps each item by a table of keys and values.</summary>
    internal static GraphValue Encode(this GraphBuilder graph, GraphValue a, TensorType result, params ReadOnlySpan<(string Name, object Value)> table) =>
        graph.Nodes("LabelEncoder", OpsetVersions.MachineLearningDomain, [(result, a.Shape)], [a], table)[0];
}
