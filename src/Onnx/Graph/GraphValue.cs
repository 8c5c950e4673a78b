using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>A tensor that a graph computes, takes or holds.</summary>
/// <param name="Name">Its name; no two values of a graph have the same.</param>
/// <param name="Type">The type of its items.</param>
/// <param name="Shape">The length along each axis; −1 where only the run says it, as for rows.</param>
internal sealed record GraphValue(string Name, TensorType Type, IReadOnlyList<long> Shape)
{
    internal int Rank => Shape.Count;

    /// <summary>The length along the last axis; −1 where only the run says it.</summary>
    internal long Width => Shape[^1];

    public override string ToString() => $"{Name}: {Type}[{string.Join(", ", Shape)}]";
}
