using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Networks for texts come to the same in a graph, whose texts are tokens: for one text or several, and however far these are padded.</summary>
public sealed class TextNetworkTests
{
    private static readonly string[] Labels = ["card", "music", "weather"];

    public static TheoryData<string> Names => [.. SmallEncoders.Names];

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Classes_have_the_same_probabilities(string name)
    {
        NetworkOverTexts network = SmallEncoders.Network(name, HeadKind.Texts, 3, "Text");
        MemoryView data = new MemoryView().AddText("Text", SmallEncoders.Texts);
        var model = new TextClassificationTransformer(network, KeyValues.Of(new MemoryView().AddKeys("Label", [1], Labels).Schema["Label"]), new ClassColumnNames());
        IDataView scored = model.Transform(data);
        float[][] expected = [.. scored.GetColumn<float[]>("Score")];
        uint[] labels = [.. scored.GetColumn<uint>("PredictedLabel")];
        foreach (int opset in (int[])[0, 10, 17])
        {
            using ExportedNetwork exported = ExportedNetwork.Of(model, data, opset);
            Assert.DoesNotContain(exported.Session.Inputs, input => input.Name == "Text");
            Assert.Equal(["PredictedLabel.output", "Score.output"], exported.Session.Outputs.Select(output => output.Name).Order());
            foreach (int least in (int[])[0, 100])
            {
                (string, OnnxValue)[] inputs = new TokenizedTexts(network.Model, SmallEncoders.Texts, least: least).InputsOf(exported);
                Near(expected.SelectMany(row => row), exported.Run<float>("Score.output", inputs));
                Assert.Equal(labels, exported.Run<uint>("PredictedLabel.output", inputs));
            }
            for (int row = 0; row < expected.Length; row++)
                Near(expected[row], exported.Run<float>("Score.output", new TokenizedTexts(network.Model, [SmallEncoders.Texts[row]]).InputsOf(exported)));
        }
    }

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Pairs_of_texts_have_the_same_number(string name)
    {
        NetworkOverTexts network = SmallEncoders.Network(name, HeadKind.Texts, 1, "First", "Second");
        MemoryView data = new MemoryView().AddText("First", SmallEncoders.Texts).AddText("Second", SmallEncoders.Others);
        var model = new SentenceSimilarityTransformer(network, "Alike");
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        Assert.Equal(name == "bert", exported.Session.Inputs.Any(input => input.Name == "token_type_ids"));
        Near(model.Transform(data).GetColumn<float>("Alike"), exported.Run<float>("Alike.output", new TokenizedTexts(network.Model, SmallEncoders.Texts, SmallEncoders.Others).InputsOf(exported)));
    }

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Tokens_have_the_same_scores(string name)
    {
        NetworkOverTexts network = SmallEncoders.Network(name, HeadKind.Tokens, 4, "Text");
        MemoryView data = new MemoryView().AddText("Text", SmallEncoders.Texts);
        var model = new NerTransformer(network, KeyValues.Of(new MemoryView().AddKeys("Label", [1], Labels).Schema["Label"]), "Names");
        ITransformer chain = new TransformerChain<ITransformer>(model, new MLContext(1).Transforms.Conversion.MapKeyToValue("Texts", "Names").Fit(model.Transform(data)));
        using ExportedNetwork exported = ExportedNetwork.Of(chain, data);
        var texts = new TokenizedTexts(network.Model, SmallEncoders.Texts);
        Assert.Equal(exported.Run<uint>("Names.output", texts.InputsOf(exported)).Select(key => key == 0 ? "" : Labels[key - 1]), exported.Run<string>("Texts.output", texts.InputsOf(exported)));
        float[] scores = exported.Run<float>("logits", texts.InputsOf(exported));
        uint[] classes = exported.Run<uint>("Names.output", texts.InputsOf(exported));
        for (int row = 0; row < texts.Lengths.Length; row++)
        {
            float[] expected = Alone(network, texts, row);
            int start = row * texts.Length;
            Near(expected, scores.AsSpan(start * 4, expected.Length).ToArray());
            for (int i = 0; i < texts.Lengths[row]; i++)
                Assert.Equal((uint)System.Numerics.Tensors.TensorPrimitives.IndexOfMax(expected.AsSpan(4 * i, 4)), classes[start + i]);
        }
    }

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Answers_begin_and_end_at_the_same_tokens(string name)
    {
        NetworkOverTexts network = SmallEncoders.Network(name, HeadKind.Spans, 2, "Question", "Context");
        MemoryView data = new MemoryView().AddText("Question", SmallEncoders.Texts).AddText("Context", SmallEncoders.Others);
        var model = new QATransformer(network, new AnswerColumns("Answer", "Score", 1, 5));
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        Assert.Equal(["end_logits", "start_logits"], exported.Session.Outputs.Select(output => output.Name).Order());
        var texts = new TokenizedTexts(network.Model, SmallEncoders.Texts, SmallEncoders.Others);
        float[] starts = exported.Run<float>("start_logits", texts.InputsOf(exported)), ends = exported.Run<float>("end_logits", texts.InputsOf(exported));
        float[][] probabilities = [.. model.Transform(data).GetColumn<float[]>("Score")];
        for (int row = 0; row < texts.Lengths.Length; row++)
        {
            // The best answer again, by what the graph gives.
            (int first, int count) = texts.Contexts[row].GetOffsetAndLength(texts.Length);
            float[] scores = [.. Enumerable.Range(0, texts.Length).SelectMany(i => new[] { starts[row * texts.Length + i], ends[row * texts.Length + i] })];
            var best = new BestSpans(1, 5);
            best.Find(scores, first, first + count);
            Near(probabilities[row], [.. best.Best.ToArray().Select(answer => answer.Probability)]);
        }
    }

    [Fact]
    public void What_a_graph_cannot_make_of_answers_is_named_when_it_is_needed()
    {
        NetworkOverTexts network = SmallEncoders.Network("bert", HeadKind.Spans, 2, "Question", "Context");
        MemoryView data = new MemoryView().AddText("Question", "who?").AddText("Context", "nobody");
        var context = new MLContext(1);
        using var stream = new MemoryStream();
        string message = Assert.Throws<MLPipelinesException>(() => context.Model.ConvertToOnnx(new QATransformer(network, new AnswerColumns("Answer", "Score", 1, 5)), data, stream, "Answer")).Message;
        Assert.Contains("step 1 (question-answer-network): cutting answers out of texts has no form in ONNX; start_logits and end_logits say where they are", message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    /// <summary>What the network itself gives for the tokens of one text.</summary>
    private static float[] Alone(NetworkOverTexts network, TokenizedTexts texts, int row)
    {
        using var quiet = new NoGradient();
        using var step = new Step();
        var batch = new SequenceBatch(network.Model.Encoder.Tokenizer);
        batch.Add([.. texts.Ids.Values.Skip(row * texts.Length).Take(texts.Lengths[row]).Select(id => (int)id)], texts.Lengths[row]);
        return network.Model.Network.Forward(batch.Build()).ToArray();
    }

    private static void Near(IEnumerable<float> expected, float[] found)
    {
        float[] values = [.. expected];
        Assert.Equal(values.Length, found.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], found[i], 1e-4);
    }
}
