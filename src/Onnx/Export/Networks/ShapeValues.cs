using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Lengths of axes that only a run says, as values.</summary>
internal static class ShapeValues
{
    /// <summary>The length along an axis, a tensor of one number.</summary>
    internal static GraphValue LengthOf(this GraphBuilder graph, GraphValue a, int axis) => graph.Slice(graph.ShapeOf(a), 0, axis, axis + 1);

    /// <summary>The same as a scalar.</summary>
    internal static GraphValue ScalarLengthOf(this GraphBuilder graph, GraphValue a, int axis) => graph.Gather(graph.ShapeOf(a), graph.Scalar((long)axis));

    /// <summary>The first rows of a table, as many as a tensor of one number says.</summary>
    internal static GraphValue FirstRows(this GraphBuilder graph, GraphValue table, GraphValue count) =>
        graph.Node("Slice", table.Type, [-1, .. table.Shape.Skip(1)], [table, graph.Constant([0L], 1), count, graph.Constant([0L], 1)]);

    /// <summary>0, 1, 2 … below a scalar, of its type.</summary>
    internal static GraphValue CountTo(this GraphBuilder graph, GraphValue end)
    {
        graph.RequireOpset(11, "Range");
        return end.Type == TensorType.Double
            ? graph.Node("Range", end.Type, [-1], [graph.Scalar(0.0), end, graph.Scalar(1.0)])
            : graph.Node("Range", end.Type, [-1], [graph.Scalar(0L), end, graph.Scalar(1L)]);
    }
}
