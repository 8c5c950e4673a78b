using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Long short-term memory in both directions: <see cref="BiLstmEncoder"/> as nodes. The operator turns each text around by its own length.</summary>
internal static class BiLstmGraph
{
    internal static GraphValue Build(NetworkLayers layers, BiLstmDescription description, WeightScope weights, TokenInputs tokens)
    {
        GraphBuilder graph = layers.Graph;
        int size = description.StateSize;
        WeightScope forth = weights.At("forth"), back = weights.At("back");
        GraphValue lengths = graph.Cast(graph.ReduceSum(tokens.Present, 1, keepsAxis: false), TensorType.Int32);
        GraphValue words = graph.Transpose(layers.Embedding(tokens.Ids, weights.At("embeddings")), 1, 0, 2);
        GraphValue states = graph.Node("LSTM", words.Type, [-1, 2, -1, size],
            [
                words,
                layers.Constant(forth, [.. Ordered(forth, "weight_ih"), .. Ordered(back, "weight_ih")], 2, 4 * size, description.EmbeddingSize),
                layers.Constant(forth, [.. Ordered(forth, "weight_hh"), .. Ordered(back, "weight_hh")], 2, 4 * size, size),
                layers.Constant(forth, [.. Biases(forth), .. Biases(back)], 2, 8 * size),
                lengths,
            ],
            ("hidden_size", size), ("direction", "bidirectional"));
        // (T, 2, N, size) to (N, T, 2 size).
        GraphValue ordered = graph.Reshape(graph.Transpose(states, 2, 0, 1, 3), 0, 0, 2 * size), rows = tokens.Rows(graph);
        // The least that a state can be, so that the greatest along a text is never that of padding.
        return graph.Add(graph.Multiply(ordered, rows), graph.Subtract(rows, graph.Scalar(1f)));
    }

    private static float[] Biases(WeightScope way) => [.. Ordered(way, "bias_ih"), .. Ordered(way, "bias_hh")];

    private static float[] Ordered(WeightScope way, string name) => WeightLayout.GatesOfLstm(way.Values(name + "_l0"));
}
