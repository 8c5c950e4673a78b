using System.Globalization;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>
/// GPT-2's architecture as nodes: <see cref="TextDecoder"/>, (N, T) tokens to the scores of what comes next after each, (N, T, V). There is no cache of keys and values: every run reads
/// all tokens. No token sees those after it, so that what shorter texts are filled up with does not matter.
/// </summary>
internal static class DecoderGraph
{
    internal static GraphValue Build(NetworkLayers layers, DecoderDescription description, WeightScope weights, GraphValue ids)
    {
        GraphBuilder graph = layers.Graph;
        WeightScope body = weights.At("transformer");
        // The output layer shares the vectors of tokens.
        GraphValue words = layers.Weight(body.At("wte"), "weight"), places = graph.FirstRows(layers.Weight(body.At("wpe"), "weight"), graph.LengthOf(ids, 1));
        GraphValue x = graph.Add(graph.Gather(words, ids), places), mask = CausalMask(graph, ids);
        for (int layer = 0; layer < description.Layers; layer++) x = Block(layers, description, body.At(string.Create(CultureInfo.InvariantCulture, $"h.{layer}")), x, mask);
        return graph.MatMul(layers.LayerNorm(x, body.At("ln_f"), description.NormEpsilon), graph.Transpose(words, 1, 0));
    }

    private static GraphValue Block(NetworkLayers layers, DecoderDescription description, WeightScope block, GraphValue x, GraphValue mask)
    {
        GraphBuilder graph = layers.Graph;
        int size = description.HiddenSize;
        GraphValue three = layers.TransposedLinear(layers.LayerNorm(x, block.At("ln_1"), description.NormEpsilon), block.At("attn.c_attn"));
        GraphValue mixed = layers.Attention(Part(0), Part(1), Part(2), description.Heads, mask);
        x = graph.Add(x, layers.TransposedLinear(mixed, block.At("attn.c_proj")));
        GraphValue inner = layers.TransposedLinear(layers.LayerNorm(x, block.At("ln_2"), description.NormEpsilon), block.At("mlp.c_fc"), description.Activation);
        return graph.Add(x, layers.TransposedLinear(inner, block.At("mlp.c_proj")));

        GraphValue Part(int number) => graph.Slice(three, 2, number * size, (number + 1) * size);
    }

    /// <summary>(T, T), added to scores of attention: 0 up to a token's own place.</summary>
    private static GraphValue CausalMask(GraphBuilder graph, GraphValue ids)
    {
        GraphValue places = graph.CountTo(graph.ScalarLengthOf(ids, 1)), isLater = graph.Less(graph.Unsqueeze(places, 1), graph.Unsqueeze(places, 0));
        return graph.Where(isLater, graph.Scalar(TokenInputs.Hidden), graph.Scalar(0f));
    }
}
