using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tensors;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>What stands on encoders, as nodes.</summary>
internal static class HeadGraph
{
    /// <summary>Scores of whole texts: (N, T, H) to (N, classes), before softmax.</summary>
    internal static GraphValue Texts(NetworkLayers layers, EncoderDescription description, WeightScope head, GraphValue states)
    {
        GraphBuilder graph = layers.Graph;
        bool isPooled = description is TextCnnDescription or BiLstmDescription;
        GraphValue vector = isPooled ? graph.Reduce("ReduceMax", states, 1, keepsAxis: false) : graph.Gather(states, graph.Scalar(0L), axis: 1);
        if (!isPooled && description.Heads.Pooler is { } pooler) vector = layers.Linear(vector, head.At(pooler), Activation.Tanh);
        return layers.Linear(vector, head.At(description.Heads.Classes));
    }

    /// <summary>Scores of each token: (N, T, H) to (N, T, classes), before softmax.</summary>
    internal static GraphValue Tokens(NetworkLayers layers, EncoderDescription description, WeightScope head, GraphValue states) => layers.Linear(states, head.At(description.Heads.TokenClasses));

    /// <summary>Two scores of each token: (N, T, H) to (N, T, 2), that an answer begins there and that it ends there.</summary>
    internal static GraphValue Spans(NetworkLayers layers, EncoderDescription description, WeightScope head, GraphValue states) => layers.Linear(states, head.At(description.Heads.Spans));
}
