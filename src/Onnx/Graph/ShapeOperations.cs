using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>Operators that move items, and that go over an axis.</summary>
internal static class ShapeOperations
{
    /// <summary>From this version on, axes are an input and no attribute.</summary>
    private const int AxesAreInput = 13;

    /// <param name="graph">The graph.</param>
    /// <param name="a">The tensor.</param>
    /// <param name="shape">The new lengths: 0 keeps that of the axis, −1 stands for what is left.</param>
    internal static GraphValue Reshape(this GraphBuilder graph, GraphValue a, params ReadOnlySpan<long> shape)
    {
        long[] known = shape.ToArray();
        for (int axis = 0; axis < known.Length; axis++)
            if (known[axis] == 0) known[axis] = a.Shape[axis];
        return graph.Node("Reshape", a.Type, known, [a, graph.Constant(shape, shape.Length)]);
    }

    internal static GraphValue Transpose(this GraphBuilder graph, GraphValue a, params int[] axes) =>
        graph.Node("Transpose", a.Type, [.. axes.Select(axis => a.Shape[axis])], [a], ("perm", axes));

    internal static GraphValue Concat(this GraphBuilder graph, IReadOnlyList<GraphValue> parts, int axis = 1)
    {
        if (parts.Count == 1) return parts[0];
        long[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Any(part => part.Shape[axis] < 0) ? -1 : parts.Sum(part => part.Shape[axis]);
        return graph.Node("Concat", parts[0].Type, shape, [.. parts], ("axis", axis));
    }

    internal static GraphValue Unsqueeze(this GraphBuilder graph, GraphValue a, int axis)
    {
        var shape = a.Shape.ToList();
        shape.Insert(axis, 1);
        return graph.OverAxes("Unsqueeze", a, shape, [axis]);
    }

    internal static GraphValue Squeeze(this GraphBuilder graph, GraphValue a, int axis)
    {
        var shape = a.Shape.ToList();
        shape.RemoveAt(axis);
        return graph.OverAxes("Squeeze", a, shape, [axis]);
    }

    /// <summary>Sums over an axis; <c>ReduceSum</c> alone takes its axes as an input in the versions written here.</summary>
    internal static GraphValue ReduceSum(this GraphBuilder graph, GraphValue a, int axis = 1, bool keepsAxis = true) =>
        graph.OverAxes("ReduceSum", a, Reduced(a, axis, keepsAxis), [axis], ("keepdims", keepsAxis));

    /// <summary>The largest, smallest or mean item along an axis: <c>ReduceMax</c>, <c>ReduceMin</c>, <c>ReduceMean</c>, <c>ReduceL1</c>, <c>ReduceL2</c>.</summary>
    internal static GraphValue Reduce(this GraphBuilder graph, string op, GraphValue a, int axis = 1, bool keepsAxis = true) =>
        graph.Node(op, a.Type, Reduced(a, axis, keepsAxis), [a], ("axes", new[] { axis }), ("keepdims", keepsAxis));

    /// <summary>The place of the largest item along an axis, the first of several; Int64.</summary>
    internal static GraphValue ArgMax(this GraphBuilder graph, GraphValue a, int axis = 1, bool keepsAxis = true) =>
        graph.Node("ArgMax", TensorType.Int64, Reduced(a, axis, keepsAxis), [a], ("axis", axis), ("keepdims", keepsAxis));

    internal static GraphValue ArgMin(this GraphBuilder graph, GraphValue a, int axis = 1, bool keepsAxis = true) =>
        graph.Node("ArgMin", TensorType.Int64, Reduced(a, axis, keepsAxis), [a], ("axis", axis), ("keepdims", keepsAxis));

    internal static GraphValue Softmax(this GraphBuilder graph, GraphValue a, int axis = 1) => graph.Each("Softmax", a, ("axis", axis));

    /// <summary>The items at some places of an axis.</summary>
    internal static GraphValue Gather(this GraphBuilder graph, GraphValue a, GraphValue places, int axis = 0) =>
        graph.Node("Gather", a.Type, [.. a.Shape.Take(axis), .. places.Shape, .. a.Shape.Skip(axis + 1)], [a, places], ("axis", axis));

    /// <summary>A run of items of an axis.</summary>
    internal static GraphValue Slice(this GraphBuilder graph, GraphValue a, int axis, long start, long end)
    {
        graph.RequireOpset(10, "Slice");
        long[] shape = [.. a.Shape];
        if (start >= 0 && end >= start && (shape[axis] >= 0 || end != long.MaxValue)) shape[axis] = (shape[axis] < 0 ? end : Math.Min(end, shape[axis])) - start;
        else shape[axis] = -1;
        return graph.Node("Slice", a.Type, shape, [a, graph.Constant([start], 1), graph.Constant([end], 1), graph.Constant([(long)axis], 1)]);
    }

    /// <summary>The product of matrices, or of a stack of them.</summary>
    internal static GraphValue MatMul(this GraphBuilder graph, GraphValue a, GraphValue b) =>
        graph.Node("MatMul", a.Type, [.. a.Shape.SkipLast(1), b.Width], [a, b]);

    /// <summary>The lengths along the axes, as a tensor.</summary>
    internal static GraphValue ShapeOf(this GraphBuilder graph, GraphValue a) => graph.Node("Shape", TensorType.Int64, [a.Rank], [a]);

    /// <summary>A column of one value as high as another tensor has rows.</summary>
    internal static GraphValue Repeat(this GraphBuilder graph, GraphValue row, GraphValue like)
    {
        GraphValue rows = graph.Slice(graph.ShapeOf(like), 0, 0, 1);
        return graph.Node("Expand", row.Type, [-1, row.Width], [row, graph.Concat([rows, graph.Constant([1L], 1)], axis: 0)]);
    }

    private static GraphValue OverAxes(this GraphBuilder graph, string op, GraphValue a, IReadOnlyList<long> shape, long[] axes, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        graph.Opset >= AxesAreInput
            ? graph.Node(op, a.Type, shape, [a, graph.Constant(axes, axes.Length)], attributes)
            : graph.Node(op, a.Type, shape, [a], [("axes", axes), .. attributes]);

    private static long[] Reduced(GraphValue a, int axis, bool keepsAxis)
    {
        var shape = a.Shape.ToList();
        if (keepsAxis) shape[axis] = 1;
        else shape.RemoveAt(axis);
        return [.. shape];
    }
}
