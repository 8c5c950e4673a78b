using MLPipelines.Data;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>A decoder gives the same scores of what comes next in a graph.</summary>
public sealed class DecoderTests
{
    private const int Words = 300;

    [NativeRuntimeTheory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(17)]
    public void What_comes_next_has_the_same_scores(int opset)
    {
        var model = new Continuation();
        MemoryView data = new MemoryView().AddText("Prompt", "Once");
        using ExportedNetwork exported = ExportedNetwork.Of(model, data, opset);
        Assert.Equal(["input_ids"], exported.Session.Inputs.Select(input => input.Name));
        Assert.Equal(["logits"], exported.Session.Outputs.Select(output => output.Name));
        var random = new Random(1);
        foreach ((int count, int length) in ((int, int)[])[(1, 1), (3, 7), (2, 40)])
        {
            long[] ids = [.. Enumerable.Range(0, count * length).Select(_ => (long)random.Next(Words))];
            float[] expected = Scores(model.LanguageModel, ids, count, length), found = exported.Run<float>("logits", ("input_ids", OnnxValue.Tensor(ids, count, length)));
            Assert.Equal(expected.Length, found.Length);
            for (int i = 0; i < found.Length; i++) Assert.Equal(expected[i], found[i], 1e-4);
            // What a shorter text is filled up with changes nothing before it.
            long[] longer = [.. Enumerable.Range(0, count * (length + 5)).Select(i => i % (length + 5) < length ? ids[i / (length + 5) * length + i % (length + 5)] : 3)];
            float[] filled = exported.Run<float>("logits", ("input_ids", OnnxValue.Tensor(longer, count, length + 5)));
            for (int i = 0; i < length * Words; i++) Assert.Equal(found[i], filled[i], 1e-4);
        }
    }

    [Fact]
    public void Texts_that_go_on_have_no_form_and_are_named_when_they_are_needed()
    {
        using var stream = new MemoryStream();
        string message = Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.ConvertToOnnx(new Continuation(), new MemoryView().AddText("Prompt", "Once"), stream, "GeneratedText")).Message;
        Assert.Contains("step 1 (text-generation): drawing one token after the other has no form in ONNX", message, StringComparison.Ordinal);
    }

    private static float[] Scores(LanguageModel model, long[] ids, int count, int length)
    {
        using var quiet = new NoGradient();
        using var step = new Step();
        return model.Decoder.Forward(Tensor.FromIndices(ids, [count, length])).ToArray();
    }

    /// <summary>A step as text generation has it.</summary>
    private sealed class Continuation : RowToRowTransformer, ILanguageModelSource
    {
        internal Continuation()
        {
            var random = new RandomSource(1);
            var description = new DecoderDescription(Words, 48, 24, 2, 3);
            TextDecoder decoder = description.Create(random);
            foreach (NamedTensor weight in decoder.Parameters.Where(weight => weight.Tensor.Shape.Rank == 1)) weight.Tensor.CopyFrom(Tensor.Uniform(weight.Tensor.Shape, random, 0.1f, 1));
            LanguageModel = new LanguageModel(decoder, BpeTokenizer.Train(["Once upon a time"], new TokenizerTrainingOptions { VocabularySize = Words }));
        }

        public LanguageModel LanguageModel { get; }

        public override string TypeId => "text-generation";

        protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) =>
            [new OutputColumn("GeneratedText", TextDataViewType.Instance, null, [Require(input, "Prompt").Index], () => batch => batch[0])];

        public override void Save(ModelStepWriter writer) { }
    }
}
