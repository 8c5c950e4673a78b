using System.Globalization;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>BERT and RoBERTa: <see cref="BertEncoder"/> as nodes.</summary>
internal static class BertGraph
{
    internal static GraphValue Build(NetworkLayers layers, BertDescription description, WeightScope weights, TokenInputs tokens)
    {
        GraphBuilder graph = layers.Graph;
        WeightScope embeddings = weights.At("embeddings");
        GraphValue places = tokens.Places(graph, PlaceTable(layers, description, embeddings, isSegmented: tokens.Segments is not null));
        GraphValue x = graph.Add(layers.Embedding(tokens.Ids, embeddings.At("word_embeddings")), places);
        if (tokens.Segments is not null) x = graph.Add(x, layers.Embedding(tokens.Segments, embeddings.At("token_type_embeddings")));
        x = layers.LayerNorm(x, embeddings.At("LayerNorm"), description.EmbeddingEpsilon);
        GraphValue mask = tokens.AttentionMask(graph);
        for (int i = 0; i < description.LayerCount; i++)
            x = Layer(layers, description, weights.At(string.Create(CultureInfo.InvariantCulture, $"encoder.layer.{i}")), x, mask);
        return x;
    }

    private static GraphValue Layer(NetworkLayers layers, BertDescription description, WeightScope layer, GraphValue x, GraphValue mask)
    {
        GraphBuilder graph = layers.Graph;
        WeightScope attention = layer.At("attention.self");
        GraphValue mixed = layers.Attention(layers.Linear(x, attention.At("query")), layers.Linear(x, attention.At("key")), layers.Linear(x, attention.At("value")), description.HeadCount, mask);
        x = layers.LayerNorm(graph.Add(layers.Linear(mixed, layer.At("attention.output.dense")), x), layer.At("attention.output.LayerNorm"), description.Epsilon);
        GraphValue inner = layers.Linear(x, layer.At("intermediate.dense"), description.Activation);
        return layers.LayerNorm(graph.Add(layers.Linear(inner, layer.At("output.dense")), x), layer.At("output.LayerNorm"), description.Epsilon);
    }

    /// <summary>The positions that texts have, from their first one on; with the vector of the only segment where there is no other.</summary>
    private static GraphValue PlaceTable(NetworkLayers layers, BertDescription description, WeightScope embeddings, bool isSegmented)
    {
        WeightScope positions = embeddings.At("position_embeddings");
        float[] table = positions.Values("weight")[(description.FirstPosition * description.Size)..];
        if (!isSegmented)
        {
            float[] segment = embeddings.At("token_type_embeddings").Values("weight")[..description.Size];
            for (int i = 0; i < table.Length; i++) table[i] += segment[i % segment.Length];
        }
        return layers.Constant(positions, table, description.MaxTokens, description.Size);
    }
}
