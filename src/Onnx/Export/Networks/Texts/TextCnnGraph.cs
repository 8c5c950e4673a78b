using System.Globalization;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Convolutions over a few tokens: <see cref="TextCnnEncoder"/> as nodes.</summary>
internal static class TextCnnGraph
{
    internal static GraphValue Build(NetworkLayers layers, TextCnnDescription description, WeightScope weights, TokenInputs tokens)
    {
        GraphBuilder graph = layers.Graph;
        GraphValue rows = tokens.Rows(graph), words = graph.Multiply(layers.Embedding(tokens.Ids, weights.At("embeddings")), rows), x = graph.Transpose(words, 0, 2, 1);
        GraphValue[] parts = [.. description.KernelLengths.Select(length =>
        {
            WeightScope layer = weights.At(string.Create(CultureInfo.InvariantCulture, $"conv{length}"));
            // As many places come out as go in: one of even length reaches back further than ahead.
            GraphValue convolved = graph.Node("Conv", x.Type, [x.Shape[0], description.KernelCount, x.Shape[2]], [x, layers.Weight(layer, "weight"), layers.Weight(layer, "bias")],
                ("pads", new[] { length / 2, length - 1 - length / 2 }));
            return graph.Each("Relu", convolved);
        })];
        return graph.Multiply(graph.Transpose(graph.Concat(parts), 0, 2, 1), rows);
    }
}
