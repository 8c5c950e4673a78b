using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>Operators that compute item by item.</summary>
internal static class ArithmeticOperations
{
    internal static GraphValue Add(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Add", a, b);

    internal static GraphValue Subtract(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Sub", a, b);

    internal static GraphValue Multiply(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Mul", a, b);

    internal static GraphValue Divide(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Div", a, b);

    internal static GraphValue Power(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Pow", a, b);

    internal static GraphValue Max(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Max", a, b);

    internal static GraphValue Min(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Min", a, b);

    internal static GraphValue Greater(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Greater", a, b, TensorType.Bool);

    internal static GraphValue Less(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Less", a, b, TensorType.Bool);

    /// <summary>Whether numbers are the same; of floating-point numbers from version 11 on.</summary>
    internal static GraphValue Equal(this GraphBuilder graph, GraphValue a, GraphValue b)
    {
        if (a.Type is TensorType.Float or TensorType.Double) graph.RequireOpset(11, "Equal");
        return graph.Pairwise("Equal", a, b, TensorType.Bool);
    }

    internal static GraphValue And(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("And", a, b);

    internal static GraphValue Or(this GraphBuilder graph, GraphValue a, GraphValue b) => graph.Pairwise("Or", a, b);

    internal static GraphValue Not(this GraphBuilder graph, GraphValue a) => graph.Each("Not", a);

    internal static GraphValue IsNaN(this GraphBuilder graph, GraphValue a) => graph.Node("IsNaN", TensorType.Bool, a.Shape, [a]);

    internal static GraphValue Exp(this GraphBuilder graph, GraphValue a) => graph.Each("Exp", a);

    internal static GraphValue Log(this GraphBuilder graph, GraphValue a) => graph.Each("Log", a);

    internal static GraphValue Sqrt(this GraphBuilder graph, GraphValue a) => graph.Each("Sqrt", a);

    internal static GraphValue Abs(this GraphBuilder graph, GraphValue a) => graph.Each("Abs", a);

    internal static GraphValue Negate(this GraphBuilder graph, GraphValue a) => graph.Each("Neg", a);

    internal static GraphValue Floor(this GraphBuilder graph, GraphValue a) => graph.Each("Floor", a);

    internal static GraphValue Sigmoid(this GraphBuilder graph, GraphValue a) => graph.Each("Sigmoid", a);

    internal static GraphValue Tanh(this GraphBuilder graph, GraphValue a) => graph.Each("Tanh", a);

    /// <summary>An operator that keeps type and shape.</summary>
    internal static GraphValue Each(this GraphBuilder graph, string op, GraphValue a, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        graph.Node(op, a.Type, a.Shape, [a], attributes);

    internal static GraphValue Cast(this GraphBuilder graph, GraphValue a, TensorType type) =>
        a.Type == type ? a : graph.Node("Cast", type, a.Shape, [a], ("to", type));

    /// <summary>The items of one tensor where a condition holds, those of another elsewhere.</summary>
    internal static GraphValue Where(this GraphBuilder graph, GraphValue condition, GraphValue then, GraphValue otherwise) =>
        graph.Node("Where", then.Type, Broadcast(condition.Shape, Broadcast(then.Shape, otherwise.Shape)), [condition, then, otherwise]);

    /// <summary>The sum of several tensors.</summary>
    internal static GraphValue Sum(this GraphBuilder graph, IReadOnlyList<GraphValue> terms) =>
        terms.Count == 1 ? terms[0] : graph.Node("Sum", terms[0].Type, terms.Select(term => term.Shape).Aggregate(Broadcast), [.. terms]);

    /// <summary>Adds, multiplies or compares items of the same place, where axes of length 1 stretch.</summary>
    internal static GraphValue Pairwise(this GraphBuilder graph, string op, GraphValue a, GraphValue b, TensorType? result = null)
    {
        if (a.Type != b.Type) throw new ArgumentException($"{op} of {a} and {b}: the types differ.", nameof(b));
        return graph.Node(op, result ?? a.Type, Broadcast(a.Shape, b.Shape), [a, b]);
    }

    /// <summary>The shape of what two tensors give together.</summary>
    internal static IReadOnlyList<long> Broadcast(IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        long[] shape = new long[Math.Max(a.Count, b.Count)];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            long left = axis < shape.Length - a.Count ? 1 : a[axis - (shape.Length - a.Count)];
            long right = axis < shape.Length - b.Count ? 1 : b[axis - (shape.Length - b.Count)];
            shape[axis] = left == right ? left : left == 1 ? right : right == 1 ? left : left < 0 ? right : right < 0 ? left
                : throw new ArgumentException($"Tensors of shapes [{string.Join(", ", a)}] and [{string.Join(", ", b)}] do not fit each other.");
        }
        return shape;
    }
}
