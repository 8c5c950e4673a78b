using Google.Protobuf;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Tests;

/// <summary>Models of a few nodes. Their weights are small whole numbers, so that what they give is exact.</summary>
internal static class SmallModels
{
    internal const int Opset = 17;

    /// <summary>Two outputs over a column of three numbers: <c>y = x·W + b</c> of two numbers, and <c>total</c>, the sum of each row.</summary>
    internal static byte[] Linear(long rows = -1)
    {
        var graph = new GraphBuilder(Opset);
        GraphValue x = graph.Input("x", TensorType.Float, rows, 3);
        GraphValue weights = graph.Constant<float>([1, 2, 3, 4, 5, 6], 3, 2), bias = graph.Constant<float>([10, 20], 2);
        graph.Output("y", graph.Node("Gemm", TensorType.Float, [rows, 2], [x, weights, bias]));
        graph.Output("total", graph.Node("ReduceSum", TensorType.Float, [rows, 1], [x, graph.Constant<long>([1], 1)], ("keepdims", 1)));
        return Bytes(graph);
    }

    /// <summary>Passes one input on.</summary>
    internal static byte[] Identity(TensorType type, params long[] shape)
    {
        var graph = new GraphBuilder(Opset);
        graph.Output("y", graph.Node("Identity", type, shape, [graph.Input("x", type, shape)]));
        return Bytes(graph);
    }

    /// <summary>What a row gives depends on the rows that it runs with: each and their mean.</summary>
    internal static byte[] Mixing()
    {
        var graph = new GraphBuilder(Opset);
        GraphValue x = graph.Input("x", TensorType.Float, -1, 2);
        GraphValue mean = graph.Node("ReduceMean", TensorType.Float, [1, 2], [x], ("axes", new long[] { 0 }), ("keepdims", 1));
        graph.Output("y", graph.Node("Add", TensorType.Float, [-1, 2], [x, mean]));
        return Bytes(graph);
    }

    /// <summary>The places of what is not zero in four numbers, a pair for each: as many rows as there are such places.</summary>
    internal static byte[] Places()
    {
        var graph = new GraphBuilder(Opset);
        GraphValue places = graph.Node("NonZero", TensorType.Int64, [2, -1], [graph.Input("x", TensorType.Float, 1, 4)]);
        graph.Output("y", graph.Node("Transpose", TensorType.Int64, [-1, 2], [places]));
        return Bytes(graph);
    }

    internal static byte[] Bytes(GraphBuilder graph) => graph.Build("test", _ => true).ToByteArray();
}
