using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Transformers;

public sealed class EncoderTests
{
    private static readonly NasBertDescription NasBert = new() { VocabularySize = 10, PaddingId = 1, Positions = 16 };
    private static readonly BertDescription Bert = new() { VocabularySize = 10, PaddingId = 1, Size = 32, LayerCount = 2, HeadCount = 4, InnerSize = 48, Positions = 12 };

    private static readonly Dictionary<string, EncoderDescription> Encoders = new()
    {
        ["nas-bert attention"] = NasBert with { LayerNumbers = [1, 0, 0, 0] },
        ["nas-bert feed-forward"] = NasBert with { LayerNumbers = [2, 0, 0, 0] },
        ["nas-bert convolution 3"] = NasBert with { LayerNumbers = [3, 0, 0, 0] },
        ["nas-bert convolution 5"] = NasBert with { LayerNumbers = [4, 0, 0, 0] },
        ["nas-bert convolution 7"] = NasBert with { LayerNumbers = [5, 0, 0, 0] },
        ["nas-bert not padded"] = NasBert with { LayerNumbers = [3, 5, 1, 2] },
        ["nas-bert of several widths"] = NasBert with { LayerNumbers = [5, 1, 9, 7, 0, 0, 3, 2], EmbeddingSize = 128 },
        ["nas-bert"] = new NasBertDescription { VocabularySize = 10, PaddingId = 1 },
        ["bert"] = Bert,
        ["bert without segments"] = Bert with { Size = 64, LayerCount = 1, HeadCount = 2, InnerSize = 32, SegmentCount = 1, Activation = Activation.Relu },
        ["roberta"] = Bert with { IsRoberta = true, HeadCount = 1, Positions = 14, FirstPosition = 2, Epsilon = 1e-5f, EmbeddingEpsilon = 1e-5f, SegmentCount = 1, Activation = Activation.GeluTanh },
    };

    public static TheoryData<string> Names => [.. Encoders.Keys];

    [Fact]
    public void Every_encoder_has_numbers() => Assert.Equal(TorchEncoder.Names.Order(StringComparer.Ordinal), Encoders.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_and_shapes_are_those_of_PyTorch(string name)
    {
        TextEncoder encoder = Encoders[name].Create(new RandomSource(1));
        Assert.Equal(TorchEncoder.Of(name).Parameters.Select(parameter => $"{parameter.Name} ({string.Join(", ", parameter.Shape)})"),
            encoder.State().OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => $"{item.Name} {item.Tensor.Shape}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_are_those_of_PyTorch(string name)
    {
        TorchEncoder expected = TorchEncoder.Of(name);
        TextEncoder encoder = Create(name);
        TokenBatch batch = expected.Batch(Encoders[name].PaddingId);
        using var step = new Step();
        Tensor output = encoder.Forward(batch);
        Assert.Equal([batch.Count, batch.Length, encoder.HiddenSize], output.Shape);
        Check(expected.Output, Present(output, batch), 1e-5);
        Tensor weights = Tensor.From(TorchEncoder.Hash(output.Count, 1000), output.Shape);
        if (!batch.Present.IsNone) weights *= batch.Present.Unsqueeze(2);
        output.Backward(weights);
        StateDictionary state = encoder.State();
        foreach (TorchParameter parameter in expected.Parameters)
        {
            float[] gradient = state[parameter.Name].Gradient.IsNone ? new float[state[parameter.Name].Count] : state[parameter.Name].Gradient.ToArray();
            for (int i = 0; i < 3; i++)
            {
                float[] vector = TorchEncoder.Hash(gradient.Length, 2000 + i);
                double product = gradient.Zip(vector, (a, b) => (double)a * b).Sum();
                // Those of the keys' biases are 0 but for rounding: softmax does not see what all scores have in common.
                double bound = 2e-5 * parameter.Norm + 1e-5;
                Assert.True(Math.Abs(product - parameter.Products[i]) <= bound, $"{parameter.Name}: product {i} of the gradient is {product}, expected {parameter.Products[i]} within {bound:g2}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_have_the_values_of_training_without_dropout(string name)
    {
        TorchEncoder expected = TorchEncoder.Of(name);
        TextEncoder encoder = Create(name);
        TokenBatch batch = expected.Batch(Encoders[name].PaddingId);
        using var quiet = new NoGradient();
        using var step = new Step();
        Check(expected.Output, Present(encoder.Forward(batch), batch), 1e-5);
        encoder.Fix();
        Check(expected.Output, Present(encoder.Forward(batch), batch), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_description_comes_back_from_its_json(string name)
    {
        EncoderDescription description = Encoders[name] with { Dropout = 0.25f, AttentionDropout = 0.5f, HeadDropout = 0.125f };
        string json = description.ToJson();
        var read = EncoderDescription.FromJson(json, "it");
        Assert.Equal(json, read.ToJson());
        Assert.Equal(description.GetType(), read.GetType());
        Assert.Equal((description.HiddenSize, description.MaxTokens, 0.25f), (read.HiddenSize, read.MaxTokens, read.Dropout));
    }

    [Fact]
    public void Texts_that_are_too_long_are_refused()
    {
        using var step = new Step();
        TextEncoder encoder = Create("bert");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Forward(new TokenBatch(Tensor.FromIndices(new long[13], [1, 13]))));
        Assert.Contains("at most 12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"model_type": "gpt2"}""", "\"gpt2\"")]
    [InlineData("""{"model_type": "bert"}""", "\"vocab_size\" is missing")]
    [InlineData("""{"vocab_size": 10, "hidden_size": 30}""", "12 heads")]
    [InlineData("""{"vocab_size": 10, "hidden_act": "elu"}""", "\"hidden_act\" is \"elu\"")]
    [InlineData("""{"vocab_size": 10, "hidden_dropout_prob": 1}""", "from 0 to before 1")]
    [InlineData("""{"vocab_size": 10, "position_embedding_type": "relative_key"}""", "absolute")]
    [InlineData("""{"model_type": "nas-bert", "vocab_size": 10, "layers": [1, 7, 0]}""", "multiple of 4 layers, found 3")]
    [InlineData("""{"model_type": "nas-bert", "vocab_size": 10, "layers": [1, 7, 0, 0, 0, 0, 0, 0]}""", "found 128 and 192")]
    [InlineData("""{"model_type": "nas-bert", "vocab_size": 10, "layers": [30]}""", "from 0 to 29")]
    [InlineData("""{"model_type": "roberta", "vocab_size": 10, "max_position_embeddings": 2}""", "leaves none")]
    public void A_description_that_cannot_be_is_refused(string json, string expected)
    {
        var error = Assert.Throws<MLPipelinesException>(() => EncoderDescription.FromJson(json, "config.json"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("config.json", error.Message, StringComparison.Ordinal);
    }

    private static TextEncoder Create(string name)
    {
        TextEncoder encoder = Encoders[name].Create(new RandomSource(1));
        encoder.Train(isTraining: false);
        TorchEncoder.Fill(encoder);
        return encoder;
    }

    /// <summary>The numbers of tokens without those of padding.</summary>
    private static float[] Present(Tensor output, TokenBatch batch)
    {
        float[] values = output.ToArray();
        if (batch.Present.IsNone) return values;
        float[] present = batch.Present.ToArray();
        int width = output.Shape[2];
        return [.. values.Where((_, i) => present[i / width] == 1)];
    }

    private static void Check(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"Number {i} is {actual[i]}, expected {expected[i]}.");
    }
}
