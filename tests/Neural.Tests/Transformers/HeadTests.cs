using System.Runtime.CompilerServices;
using System.Text.Json;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Tests.Transformers;

public sealed class HeadTests
{
    private static readonly JsonDocument File = JsonDocument.Parse(System.IO.File.ReadAllBytes(Beside("torch_heads.json")));

    private static readonly EncoderDescription Bert = new BertDescription { VocabularySize = 5, PaddingId = 0, Size = 8, HeadCount = 2 }, Roberta = (BertDescription)Bert with { IsRoberta = true };
    private static readonly EncoderDescription NasBert = new Narrow { VocabularySize = 5, PaddingId = 0 };

    private static readonly Dictionary<string, Func<RandomSource, TextHead>> Heads = new()
    {
        ["nas-bert classes"] = random => new SequenceClassificationHead(NasBert, 3, random),
        ["nas-bert token classes"] = random => new TokenClassificationHead(NasBert, 4, random),
        ["nas-bert masked"] = random => new MaskedTokenHead(NasBert, new Tokens(), random),
        ["bert classes"] = random => new SequenceClassificationHead(Bert, 3, random),
        ["bert spans"] = random => new SpanHead(Bert, random),
        ["roberta classes"] = random => new SequenceClassificationHead(Roberta, 3, random),
    };

    public static TheoryData<string> Names => [.. Heads.Keys];

    [Fact]
    public void Every_head_has_numbers() => Assert.Equal(File.RootElement.EnumerateObject().Select(item => item.Name).Order(StringComparer.Ordinal), Heads.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_values_and_derivatives_are_those_of_PyTorch(string name)
    {
        JsonElement expected = File.RootElement.GetProperty(name), gradients = expected.GetProperty("gradients");
        TextHead head = Heads[name](new RandomSource(1));
        head.Train(isTraining: false);
        Dictionary<string, Tensor> tensors = head.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Tensor, StringComparer.Ordinal);
        if (name == "nas-bert masked") tensors.Add("tokens", ((MaskedTokenHead)head).TokenVectors);
        Assert.Equal(gradients.EnumerateObject().Select(item => item.Name).Where(item => item != "x").Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        int number = 0;
        foreach (string tensor in tensors.Keys.Order(StringComparer.Ordinal)) tensors[tensor].CopyFrom(TorchEncoder.Hash(tensors[tensor].Count, number++));
        tensors.Add("x", Tensor.From(TorchEncoder.Hash(2 * 3 * 8, 500), [2, 3, 8]).WithGradient());
        using var step = new Step();
        Tensor output = head.Forward(tensors["x"]);
        Assert.Equal(Numbers(expected.GetProperty("shape")).Select(size => (int)size), output.Shape.AsSpan().ToArray());
        Near(Numbers(expected.GetProperty("output")), output);
        output.Backward(Tensor.From(TorchEncoder.Hash(output.Count, 1000), output.Shape));
        foreach (JsonProperty gradient in gradients.EnumerateObject()) Near(Numbers(gradient.Value), tensors[gradient.Name].Gradient);
        float[] before = output.ToArray();
        head.Fix();
        using var quiet = new NoGradient();
        Near(before, head.Forward(tensors["x"]));
    }

    private static void Near(float[] expected, Tensor actual)
    {
        float[] found = actual.ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++) Assert.True(Math.Abs(expected[i] - found[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"Number {i} is {found[i]}, expected {expected[i]}.");
    }

    private static float[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetSingle())];

    private static string Beside(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, name);

    /// <summary>Of the family of NAS-BERT, but narrow.</summary>
    private sealed record Narrow : EncoderDescription
    {
        internal override float HeadDropout { get; init; }

        internal override int HiddenSize => 8;

        internal override int MaxTokens => 8;

        internal override HeadNames Heads => HeadNames.NasBert;

        internal override TextEncoder Create(RandomSource random) => new Tokens();

        internal override void Write(System.Text.Json.Nodes.JsonObject config) => throw new NotSupportedException();
    }

    /// <summary>Five vectors of tokens and nothing else.</summary>
    private sealed class Tokens : TextEncoder
    {
        private readonly Embedding _tokens;

        internal Tokens() => _tokens = Add("tokens", new Embedding(5, 6, new RandomSource(1)));

        internal override int HiddenSize => 8;

        internal override int MaxTokens => 8;

        internal override Tensor TokenEmbedding => _tokens.Weight;

        internal override IReadOnlyList<Module> Layers => [];

        internal override Tensor Forward(in TokenBatch batch) => throw new NotSupportedException();

        internal override void Fix() { }
    }
}
