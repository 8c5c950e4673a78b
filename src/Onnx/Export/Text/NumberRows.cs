using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>Rows of numbers of different length, filled up with 0 at their ends, [rows, length of the longest].</summary>
internal static class NumberRows
{
    /// <summary>Moves what is kept to the front of each row.</summary>
    internal static GraphValue Compact(GraphBuilder graph, GraphValue rows, GraphValue keeps)
    {
        graph.RequireOpset(11, "CumSum");
        GraphValue zero = graph.Scalar(0L), one = graph.Scalar(1L);
        GraphValue places = graph.Subtract(graph.Node("CumSum", TensorType.Int64, rows.Shape, [graph.Cast(keeps, TensorType.Int64), graph.Scalar(1L)]), one);
        // What is left out goes to a place behind the last, which is cut off.
        GraphValue last = graph.Slice(graph.ShapeOf(rows), 0, 1, 2);
        GraphValue targets = graph.Where(keeps, places, last);
        GraphValue room = graph.Node("Pad", TensorType.Int64, [-1, -1], [graph.Multiply(rows, zero), graph.Constant([0L, 0, 0, 1], 4)]);
        GraphValue moved = graph.Node("ScatterElements", TensorType.Int64, [-1, -1], [room, targets, rows], ("axis", 1));
        return graph.Slice(moved, 1, 0, -1);
    }

    /// <summary>Leaves zeros out.</summary>
    internal static GraphValue Compact(GraphBuilder graph, GraphValue rows) => Compact(graph, rows, graph.Greater(rows, graph.Scalar(0L)));

    /// <summary>Each number's neighbour before it; 0 for the first.</summary>
    internal static GraphValue Before(GraphBuilder graph, GraphValue rows) =>
        graph.Slice(graph.Node("Pad", TensorType.Int64, [-1, -1], [rows, graph.Constant([0L, 1, 0, 0], 4)]), 1, 0, -1);

    /// <summary>The numbers of the last axis one after the other, [rows, places × numbers].</summary>
    internal static GraphValue Flatten(GraphBuilder graph, GraphValue places) => graph.Node("Reshape", TensorType.Int64, [-1, -1],
        [places, graph.Concat([graph.Slice(graph.ShapeOf(places), 0, 0, 1), graph.Constant([-1L], 1)], axis: 0)]);

    /// <summary>The same numbers in every row, as many rows as another tensor has.</summary>
    internal static GraphValue Same(GraphBuilder graph, GraphValue like, params long[] numbers) => graph.Repeat(graph.Constant<long>(numbers, 1, numbers.Length), like);

    /// <summary>Whether a row has a number above another.</summary>
    internal static GraphValue HasAbove(GraphBuilder graph, GraphValue rows, long number) =>
        graph.Greater(graph.ReduceSum(graph.Cast(graph.Greater(rows, graph.Scalar(number)), TensorType.Int64)), graph.Scalar(0L));
}
