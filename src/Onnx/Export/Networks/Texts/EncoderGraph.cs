using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Encoders of texts as nodes: (N, T) tokens to (N, T, H).</summary>
internal static class EncoderGraph
{
    internal static GraphValue Build(NetworkLayers layers, EncoderDescription description, WeightScope weights, TokenInputs tokens) => description switch
    {
        BertDescription bert => BertGraph.Build(layers, bert, weights, tokens),
        NasBertDescription nasBert => NasBertGraph.Build(layers, nasBert, weights, tokens),
        TextCnnDescription textCnn => TextCnnGraph.Build(layers, textCnn, weights, tokens),
        BiLstmDescription biLstm => BiLstmGraph.Build(layers, biLstm, weights, tokens),
        _ => throw new NotSupportedException($"{description.GetType().Name} has no graph."),
    };

    /// <summary>Whether texts of a pair are told apart by more than what stands between them: BERT does, where its tokenizer does.</summary>
    internal static bool HasSegments(EncoderDescription description, Tokenizer tokenizer) => description is BertDescription { IsRoberta: false } && !tokenizer.HasDoubleSeparator;
}
