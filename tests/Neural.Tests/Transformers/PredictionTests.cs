using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Optimizers;
using MLPipelines.Testing;

namespace MLPipelines.Neural.Tests.Transformers;

public sealed class PredictionTests
{
    private static readonly Dictionary<string, EncoderDescription> Encoders = new()
    {
        ["nas-bert"] = new NasBertDescription { VocabularySize = 50, PaddingId = 1 },
        ["nas-bert with feed-forward layers"] = new NasBertDescription { VocabularySize = 50, PaddingId = 1, LayerNumbers = [1, 2, 9, 8, 3, 5, 7, 0] },
        ["bert"] = new BertDescription { VocabularySize = 50, PaddingId = 1, Size = 40, LayerCount = 2, HeadCount = 5, InnerSize = 72, Positions = 300 },
    };

    public static TheoryData<string> Names => [.. Encoders.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_comes_to_the_same_bits_whatever_texts_are_beside_it(string name)
    {
        (TextEncoder encoder, SequenceClassificationHead head, TokenClassificationHead tokens) = Fixed(name);
        long[][] texts = [Text(12), Text(3), Text(270), Text(31), Text(2), Text(129)];
        using var quiet = new NoGradient();
        using var step = new Step();
        Tensor all = encoder.Forward(TorchEncoder.BatchOf(texts, 1)), scores = head.Forward(all), tags = tokens.Forward(all);
        for (int i = 0; i < texts.Length; i++)
        {
            Tensor alone = encoder.Forward(TorchEncoder.BatchOf([texts[i]], 1));
            Assert.Equal(alone.ToArray(), all.Slice(0, i, 1).Slice(1, 0, texts[i].Length).ToArray());
            Assert.Equal(head.Forward(alone).ToArray(), scores.Slice(0, i, 1).ToArray());
            Assert.Equal(tokens.Forward(alone).ToArray(), tags.Slice(0, i, 1).Slice(1, 0, texts[i].Length).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_prediction_allocates_nothing_once_it_is_warm(string name)
    {
        (TextEncoder encoder, SequenceClassificationHead head, _) = Fixed(name);
        long[] ids = Text(12);
        float[] present = [.. Enumerable.Repeat(1f, 10), 0, 0], scores = new float[3];
        void Predict()
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            head.Forward(encoder.Forward(new TokenBatch(Tensor.FromIndices(ids, [1, 12]), Tensor.From(present, [1, 12])))).CopyTo(scores);
        }
        for (int i = 0; i < 5; i++) Predict();
        Assert.Equal(0, Allocation.Of(Predict, calls: 20));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_step_allocates_nothing_once_it_is_warm(string name)
    {
        var random = new RandomSource(1);
        TextEncoder encoder = Encoders[name].Create(random);
        var head = new SequenceClassificationHead(Encoders[name], 3, random);
        var optimizer = new AdamW(encoder.Parameters.Concat(head.Parameters), 1e-3f);
        TokenBatch batch = TorchEncoder.BatchOf([Text(12), Text(9)], 1);
        Tensor labels = Tensor.OfIndices(0, 2);
        void Learn()
        {
            using var step = new Step();
            head.Forward(encoder.Forward(batch)).CrossEntropy(labels).Backward();
            optimizer.Step();
            optimizer.ClearGradients();
        }
        for (int i = 0; i < 5; i++) Learn();
        Assert.Equal(0, Allocation.Of(Learn, calls: 5));
    }

    private static (TextEncoder Encoder, SequenceClassificationHead Head, TokenClassificationHead Tokens) Fixed(string name)
    {
        var random = new RandomSource(1);
        TextEncoder encoder = Encoders[name].Create(random);
        var head = new SequenceClassificationHead(Encoders[name], 3, random);
        var tokens = new TokenClassificationHead(Encoders[name], 4, random);
        foreach (Module module in (Module[])[encoder, head, tokens]) module.Train(isTraining: false);
        encoder.Fix();
        head.Fix();
        tokens.Fix();
        return (encoder, head, tokens);
    }

    /// <summary>Tokens from 2 on; 1 is padding.</summary>
    private static long[] Text(int length) => [.. Enumerable.Range(0, length).Select(i => 2L + (i * 31 + length * 7) % 48)];
}
