using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>
/// Networks over texts. Dividing texts into tokens has no form in ONNX: the columns of texts give way to inputs of tokens, <c>input_ids</c> and <c>attention_mask</c>, for BERT also
/// <c>token_type_ids</c>, as Hugging Face's tokenizers give them.
/// </summary>
internal static class TextNetworkConverters
{
    /// <summary>The classes of texts.</summary>
    internal static void Classes(StepExport step)
    {
        GraphValue scores = step.Graph.Softmax(Scores(step, HeadGraph.Texts));
        step.Set(step.Added(0), step.Graph.Add(step.Graph.ArgMax(scores), step.Graph.Scalar(1L)));
        step.Set(step.Added(1), scores);
    }

    /// <summary>A number of each pair of texts.</summary>
    internal static void Similarity(StepExport step) => step.Set(step.Added(0), Scores(step, HeadGraph.Texts));

    /// <summary>The class of each token, 0 for none, in place of that of each word; and the scores that it follows from, <c>logits</c>.</summary>
    internal static void Names(StepExport step)
    {
        GraphValue scores = Scores(step, HeadGraph.Tokens);
        step.Set(step.Added(0), step.Graph.ArgMax(scores, axis: 2, keepsAxis: false));
        TokenInputs.Leave(step.Graph, "logits", scores);
    }

    /// <summary>Where answers begin and end, <c>start_logits</c> and <c>end_logits</c>, in place of their texts.</summary>
    internal static void Answers(StepExport step)
    {
        GraphValue scores = Scores(step, HeadGraph.Spans);
        TokenInputs.Leave(step.Graph, "start_logits", Part(0));
        TokenInputs.Leave(step.Graph, "end_logits", Part(1));
        const string why = "cutting answers out of texts has no form in ONNX; start_logits and end_logits say where they are";
        step.LeaveOut(step.Added(0), why);
        step.LeaveOut(step.Added(1), why);

        GraphValue Part(int which) => step.Graph.Squeeze(step.Graph.Slice(scores, 2, which, which + 1), 2);
    }

    /// <summary>The scores of what comes after each token, <c>logits</c>, in place of texts that go on: drawing tokens and dividing texts have no form in ONNX.</summary>
    internal static void Decoder(StepExport step)
    {
        LanguageModel model = ((ILanguageModelSource)step.Transformer).LanguageModel;
        GraphValue ids = TokenInputs.Enter(step.Graph, TokenInputs.IdsName);
        TokenInputs.Leave(step.Graph, "logits", DecoderGraph.Build(new NetworkLayers(step.Graph), model.Description, new WeightScope(model.Decoder.State()), ids));
        foreach (DataViewSchema.Column column in step.Input) step.Replace(column.Name);
        step.LeaveOut(step.Added(0), "drawing one token after the other has no form in ONNX; logits say what comes next");
    }

    private delegate GraphValue Head(NetworkLayers layers, EncoderDescription description, WeightScope head, GraphValue states);

    private static GraphValue Scores(StepExport step, Head head)
    {
        NetworkOverTexts network = ((ITextNetworkSource)step.Transformer).Network;
        (EncoderDescription description, Tokenizer tokenizer) = (network.Model.Encoder.Description, network.Model.Encoder.Tokenizer);
        var layers = new NetworkLayers(step.Graph);
        var weights = new WeightScope(network.Model.Network.State());
        TokenInputs tokens = TokenInputs.Enter(step.Graph, EncoderGraph.HasSegments(description, tokenizer));
        foreach (string text in network.Texts) step.Replace(text);
        GraphValue states = EncoderGraph.Build(layers, description, weights.At(HeadedEncoder.EncoderName), tokens);
        return head(layers, description, weights.At(HeadedEncoder.HeadName), states);
    }
}
