using System.Globalization;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;
using LayerKinds = MLPipelines.Neural.Transformers.SearchSpace;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>NAS-BERT: <see cref="NasBertEncoder"/> as nodes. What padding comes to is set to 0 after every part, since convolutions read past the end of a text.</summary>
internal sealed class NasBertGraph
{
    // What its normalizations add to variances.
    private const float Epsilon = 1e-5f;

    private readonly NetworkLayers _layers;
    private readonly NasBertDescription _description;
    private readonly GraphBuilder _graph;
    private readonly GraphValue _rows, _mask;

    private NasBertGraph(NetworkLayers layers, NasBertDescription description, TokenInputs tokens)
    {
        (_layers, _description, _graph) = (layers, description, layers.Graph);
        (_rows, _mask) = (tokens.Rows(_graph), tokens.AttentionMask(_graph));
    }

    internal static GraphValue Build(NetworkLayers layers, NasBertDescription description, WeightScope weights, TokenInputs tokens) =>
        new NasBertGraph(layers, description, tokens).Build(weights, tokens);

    private GraphValue Build(WeightScope weights, TokenInputs tokens)
    {
        WeightScope positions = weights.At("PositionalEmbedding.Embedding");
        int size = _description.EmbeddingSize;
        // Positions count from 1.
        GraphValue table = _layers.Constant(positions, positions.Values("weight").AsSpan(size, _description.MaxTokens * size), _description.MaxTokens, size);
        GraphValue x = _graph.Add(_layers.Embedding(tokens.Ids, weights.At("TokenEmbedding")), tokens.Places(_graph, table));
        if (_description.NormalizesEmbeddings) x = _layers.LayerNorm(x, weights.At("EmbeddingLayerNorm"), Epsilon);
        WeightScope transfer = weights.At("EmbedTransfer.HiddenTransfer");
        if (transfer.Has("weight")) x = _layers.Linear(x, transfer);
        x = Clear(x);
        IReadOnlyList<int> numbers = _description.LayerNumbers;
        int perBlock = numbers.Count / LayerKinds.Blocks;
        for (int i = 0; i < numbers.Count; i++)
        {
            WeightScope layer = weights.At(string.Create(CultureInfo.InvariantCulture, $"Layers.{i}.Operation"));
            if (LayerKinds.IsAttention(numbers[i])) x = Attention(x, layer, LayerKinds.Heads(numbers[i]));
            else if (LayerKinds.IsFeedForward(numbers[i])) x = FeedForward(x, layer);
            else if (!LayerKinds.IsIdentity(numbers[i])) x = Convolution(Convolution(x, layer, 1), layer, 2);
            WeightScope next = weights.At(string.Create(CultureInfo.InvariantCulture, $"HiddenTransferList.{i / perBlock}.InHiddenTransfer"));
            if (i % perBlock == perBlock - 1 && next.Has("weight")) x = Clear(_layers.Linear(x, next));
        }
        return x;
    }

    private GraphValue Attention(GraphValue x, WeightScope layer, int heads)
    {
        WeightScope maps = layer.At("SelfAttention");
        GraphValue mixed = _layers.Attention(_layers.Linear(x, maps.At("QProjection")), _layers.Linear(x, maps.At("KProjection")), _layers.Linear(x, maps.At("VProjection")), heads, _mask);
        return Added(_layers.Linear(mixed, maps.At("OutProjLinear")), x, layer.At("LayerNorm"));
    }

    private GraphValue FeedForward(GraphValue x, WeightScope layer) =>
        Added(_layers.Linear(_layers.Linear(x, layer.At("FullConnects.fc1"), _description.Activation), layer.At("FullConnects.fc2")), x, layer.At("FinalLayerNorm"));

    /// <summary>A kernel for each channel along the text, then a linear layer of the channels.</summary>
    private GraphValue Convolution(GraphValue x, WeightScope layer, int which)
    {
        WeightScope parts = layer.At(string.Create(CultureInfo.InvariantCulture, $"Conv{which}.conv.Conv")), along = parts.At("conv1");
        int reach = along.ShapeOf("weight")[2] / 2;
        GraphValue convolved = _graph.Node("Conv", x.Type, [x.Shape[0], x.Width, x.Shape[1]], [_graph.Transpose(x, 0, 2, 1), _layers.Weight(along, "weight"), _layers.Weight(along, "bias")],
            ("group", x.Width), ("pads", new[] { reach, reach }));
        GraphValue mixed = _layers.Linear(_graph.Transpose(convolved, 0, 2, 1), parts.At("conv2"), _description.Activation);
        return Added(mixed, x, layer.At(string.Create(CultureInfo.InvariantCulture, $"LayerNorm{which}")));
    }

    private GraphValue Added(GraphValue change, GraphValue x, WeightScope norm) => Clear(_layers.LayerNorm(_graph.Add(change, x), norm, Epsilon));

    private GraphValue Clear(GraphValue x) => _graph.Multiply(x, _rows);
}
