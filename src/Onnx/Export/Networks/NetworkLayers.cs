using MLPipelines.Onnx.Graph;
using MLPipelines.Tensors;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>The layers that networks have in common, each as the nodes of a graph that come to the same numbers. What a layer adds is named after it.</summary>
/// <param name="graph">What they are added to.</param>
internal sealed class NetworkLayers(GraphBuilder graph)
{
    /// <summary>From this version on there is an operator for layer normalization.</summary>
    private const int NormalizationIsThere = 17;

    private readonly string _step = graph.Scope;

    internal GraphBuilder Graph => graph;

    /// <summary>activation(x Wᵀ + b): (…, in) to (…, out), for weights <c>weight</c> (out, in) and <c>bias</c>.</summary>
    internal GraphValue Linear(GraphValue x, WeightScope layer, Activation activation = Activation.None)
    {
        Shape shape = layer.ShapeOf("weight");
        // Kernels of one token are a matrix, too.
        (int outputs, int inputs) = (shape[0], shape.Count / shape[0]);
        return Linear(x, WeightLayout.Transposed(layer.Values("weight"), outputs, inputs), inputs, outputs, layer, activation);
    }

    /// <summary>The same for weights (in, out), as GPT-2 keeps them.</summary>
    internal GraphValue TransposedLinear(GraphValue x, WeightScope layer, Activation activation = Activation.None) =>
        Linear(x, layer.Values("weight"), layer.ShapeOf("weight")[0], layer.ShapeOf("weight")[1], layer, activation);

    /// <summary>Each row along the last axis less its mean, over its deviation, times <c>weight</c> plus <c>bias</c>.</summary>
    internal GraphValue LayerNorm(GraphValue x, WeightScope layer, float epsilon)
    {
        GraphValue weight = Weight(layer, "weight"), bias = Weight(layer, "bias");
        if (graph.Opset >= NormalizationIsThere) return graph.Node("LayerNormalization", x.Type, x.Shape, [x, weight, bias], ("axis", -1), ("epsilon", epsilon));
        GraphValue centered = graph.Subtract(x, Mean(x));
        GraphValue deviation = graph.Sqrt(graph.Add(Mean(graph.Power(centered, graph.Scalar(2f))), graph.Scalar(epsilon)));
        return graph.Add(graph.Multiply(graph.Divide(centered, deviation), weight), bias);

        GraphValue Mean(GraphValue of) => graph.Reduce("ReduceMean", of, of.Rank - 1);
    }

    /// <summary>The rows of a table (count, size) with the numbers <paramref name="ids"/>: (…) to (…, size).</summary>
    internal GraphValue Embedding(GraphValue ids, WeightScope layer) => graph.Gather(Weight(layer, "weight"), ids);

    /// <summary>softmax(Q Kᵀ / √d + mask) V by each head: queries, keys and values (N, T, size) to the same.</summary>
    /// <param name="query">(N, T, size).</param>
    /// <param name="key">(N, T, size).</param>
    /// <param name="value">(N, T, size).</param>
    /// <param name="heads">Among how many heads it is divided.</param>
    /// <param name="mask">Added to the scores (N, heads, T, T), repeated to it: 0 where attention may go.</param>
    internal GraphValue Attention(GraphValue query, GraphValue key, GraphValue value, int heads, GraphValue mask)
    {
        long size = query.Width;
        GraphValue queries = Divide(query, 0, 2, 1, 3), keys = Divide(key, 0, 2, 3, 1), values = Divide(value, 0, 2, 1, 3);
        GraphValue scores = Times(graph.MatMul(queries, keys), 1 / MathF.Sqrt(size / heads));
        GraphValue mixed = graph.MatMul(graph.Softmax(graph.Add(scores, mask), axis: 3), values);
        return graph.Reshape(graph.Transpose(mixed, 0, 2, 1, 3), 0, 0, size);

        GraphValue Divide(GraphValue x, params int[] order) => graph.Transpose(graph.Reshape(x, 0, 0, heads, size / heads), order);
    }

    /// <summary>A function of each number.</summary>
    internal GraphValue Activate(GraphValue x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Relu => graph.Each("Relu", x),
        Activation.Tanh => graph.Tanh(x),
        Activation.Sigmoid => graph.Sigmoid(x),
        Activation.Silu => graph.Multiply(x, graph.Sigmoid(x)),
        Activation.Gelu => Gelu(x, graph.Each("Erf", graph.Divide(x, graph.Scalar(MathF.Sqrt(2))))),
        Activation.GeluTanh => Gelu(x, graph.Tanh(Times(graph.Add(x, Times(graph.Power(x, graph.Scalar(3f)), 0.044715f)), MathF.Sqrt(2 / MathF.PI)))),
        _ => throw new NotSupportedException($"{activation} has no form in ONNX here."),
    };

    /// <summary>The numbers of a layer's tensor as they are.</summary>
    internal GraphValue Weight(WeightScope layer, string name)
    {
        long[] shape = [.. layer.ShapeOf(name).AsSpan()];
        return Constant(layer, layer.Values(name), shape);
    }

    /// <summary>Numbers that were made of a layer's.</summary>
    internal GraphValue Constant(WeightScope layer, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        graph.Scope = $"{_step}/{layer.Name}";
        return graph.Constant(values, shape);
    }

    private GraphValue Linear(GraphValue x, float[] weight, int inputs, int outputs, WeightScope layer, Activation activation)
    {
        GraphValue product = graph.MatMul(x, Constant(layer, weight, inputs, outputs));
        return Activate(layer.Has("bias") ? graph.Add(product, Weight(layer, "bias")) : product, activation);
    }

    /// <summary>x / 2 (1 + part), in the order of nodes that runtimes know as one.</summary>
    private GraphValue Gelu(GraphValue x, GraphValue part) => Times(graph.Multiply(x, graph.Add(part, graph.Scalar(1f))), 0.5f);

    private GraphValue Times(GraphValue x, float factor) => graph.Multiply(x, graph.Scalar(factor));
}
