using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Testing;

namespace MLPipelines.Neural.Tests.Transformers;

public sealed class TextDecoderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("decoder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scores_loss_and_derivatives_are_those_of_PyTorch()
    {
        var torch = TorchDecoder.Read();
        TextDecoder decoder = Loaded(torch);
        int[][] ids = torch.Ids;
        int length = ids[0].Length - 1;
        using var step = new Step();
        Tensor scores = decoder.Forward(Tensor.FromIndices([.. ids.SelectMany(row => row[..length]).Select(id => (long)id)], [ids.Length, length]));
        Equal(torch.Scores, scores.ToArray(), 1e-5);
        Tensor loss = scores.CrossEntropy(Tensor.FromIndices([.. ids.SelectMany(row => row[1..]).Select(id => (long)id)], [ids.Length, length]));
        Assert.Equal(torch.Loss, loss.ToScalar(), 1e-5f);
        loss.Backward();
        StateDictionary state = decoder.State();
        Assert.Equal(state.Count, torch.Gradients.Count());
        foreach (var (name, gradient) in torch.Gradients) Equal(gradient, state["transformer." + name].Gradient.ToArray(), 1e-5);
    }

    [Fact]
    public void Names_with_the_prefix_and_a_tied_output_layer_are_read_as_well()
    {
        var torch = TorchDecoder.Read();
        float[] expected = First(Loaded(torch), torch);
        Assert.Equal(expected, First(Loaded(torch, rename: name => "transformer." + name), torch));
        TextDecoder decoder = Loaded(torch);
        StateDictionary state = [.. decoder.State(), new NamedTensor("lm_head.weight", decoder.State()["transformer.wte.weight"])];
        state.Save(Path.Combine(_folder, "model.safetensors"));
        Assert.Equal(expected, First(Read(), torch));
        state = [.. decoder.State(), new NamedTensor("lm_head.weight", Tensor.Zeros(decoder.State()["transformer.wte.weight"].Shape))];
        state.Save(Path.Combine(_folder, "model.safetensors"));
        Assert.Contains("output layer of its own", Assert.Throws<MLPipelinesException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_written_is_read_as_it_was()
    {
        var torch = TorchDecoder.Read();
        TextDecoder decoder = Loaded(torch);
        string file = Path.Combine(_folder, "config.json");
        File.WriteAllText(file, decoder.Description.ToJson());
        Assert.Equal(decoder.Description, DecoderDescription.FromJson(File.ReadAllText(file), file));
        Assert.Equal(decoder.ParameterCount, decoder.Description.ParameterCount);
        DecoderWeights.Save(decoder, Path.Combine(_folder, "model.safetensors"));
        Assert.Equal(First(decoder, torch), First(Read(), torch));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_listed()
    {
        var torch = TorchDecoder.Read();
        string message = Assert.Throws<MLPipelinesException>(() => Loaded(torch, rename: name => name == "h.1.ln_2.bias" ? "h.1.ln_3.bias" : name)).Message;
        Assert.Contains("Missing (1): transformer.h.1.ln_2.bias. Unexpected (1): transformer.h.1.ln_3.bias.", message, StringComparison.Ordinal);
        Assert.Contains("transformer.wpe.weight is (10, 8), expected (12, 8)", Assert.Throws<MLPipelinesException>(() => Loaded(torch, positions: 12)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model_type", "\"bert\"", "\"model_type\" is \"bert\"; decoders of the family gpt2 can be read")]
    [InlineData("activation_function", "\"mish\"", "\"activation_function\" is \"mish\", expected gelu, gelu_new")]
    [InlineData("n_head", "3", "a hidden size of 8 cannot be divided among 3 heads")]
    [InlineData("n_layer", "null", "\"n_layer\" is missing, expected a whole number")]
    [InlineData("tie_word_embeddings", "false", "an output layer of its own is not there")]
    public void A_configuration_that_is_not_supported_is_refused(string name, string value, string message)
    {
        TorchDecoder.Read().WriteFolder(_folder, config => config[name] = System.Text.Json.Nodes.JsonNode.Parse(value));
        Assert.Contains(message, Assert.Throws<MLPipelinesException>(Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Tokens_one_by_one_give_what_they_give_together(int prompt)
    {
        TextDecoder decoder = Random();
        int[] tokens = [3, 17, 5, 11, 2, 29, 17, 8, 0, 40, 41, 12];
        using var quiet = new NoGradient();
        using var step = new Step();
        float[] together = decoder.Forward(Tensor.FromIndices([.. tokens.Select(id => (long)id)], [1, tokens.Length])).ToArray();
        int size = decoder.Description.VocabularySize;
        using var cache = new KeyValueCache(decoder.Description, 100);
        Equal(together.AsSpan((prompt - 1) * size, size), decoder.Begin(tokens.AsSpan(0, prompt), cache).ToArray(), 2e-5);
        for (int i = prompt; i < tokens.Length; i++) Equal(together.AsSpan(i * size, size), decoder.Continue([tokens[i]], [cache]).ToArray(), 2e-5);
        Assert.Equal(tokens.Length, cache.Length);
    }

    [Fact]
    public void Several_texts_side_by_side_give_what_each_gives_alone()
    {
        TextDecoder decoder = Random();
        int[][] texts = [[1, 2, 3, 4, 5, 6], [7, 8], [9, 10, 11, 12]];
        using var quiet = new NoGradient();
        using var step = new Step();
        KeyValueCache[] caches = [.. texts.Select(_ => new KeyValueCache(decoder.Description, 16))];
        float[][] alone = new float[texts.Length][];
        for (int i = 0; i < texts.Length; i++)
        {
            decoder.Begin(texts[i], caches[i]);
            alone[i] = decoder.Continue([20 + i], [caches[i]]).ToArray();
            caches[i].Clear();
            decoder.Begin(texts[i], caches[i]);
        }
        float[] together = decoder.Continue([20, 21, 22], caches).ToArray();
        Equal([.. alone.SelectMany(scores => scores)], together, 2e-5);
        Assert.Equal([7, 3, 5], caches.Select(cache => cache.Length));
        foreach (KeyValueCache cache in caches) cache.Dispose();
    }

    [Fact]
    public void A_token_more_allocates_nothing()
    {
        TextDecoder decoder = Random();
        using var cache = new KeyValueCache(decoder.Description, 64);
        float[] scores = new float[decoder.Description.VocabularySize];
        int[] begin = [1, 2, 3], next = [4];
        KeyValueCache[] caches = [cache];
        Begin();
        Assert.Equal(0, Allocation.Of(Next, calls: 4));

        void Begin()
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            decoder.Begin(begin, cache);
            for (int i = 0; i < 4; i++) Next();
        }

        void Next()
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            decoder.Continue(next, caches).Select(0, 0).CopyTo(scores);
        }
    }

    private static TextDecoder Random()
    {
        TextDecoder decoder = new DecoderDescription(43, 64, 48, 3, 4).Create(new RandomSource(5));
        // Larger than they begin, so that tokens matter.
        using var quiet = new NoGradient();
        foreach (var (name, tensor) in decoder.Parameters)
            if (tensor.Rank == 2) tensor.CopyFrom(tensor * 10f);
        decoder.Train(isTraining: false);
        decoder.Freeze();
        return decoder;
    }

    private TextDecoder Loaded(TorchDecoder torch, Func<string, string?>? rename = null, int? positions = null)
    {
        torch.WriteFolder(_folder, config => config["n_positions"] = positions ?? 10, rename);
        return Read();
    }

    private TextDecoder Read()
    {
        TextDecoder decoder = DecoderDescription.FromJson(File.ReadAllText(Path.Combine(_folder, "config.json")), "config.json").Create(new RandomSource(1));
        DecoderWeights.Load(decoder, Path.Combine(_folder, "model.safetensors"));
        return decoder;
    }

    private static float[] First(TextDecoder decoder, TorchDecoder torch) => decoder.Forward(Tensor.FromIndices([.. torch.Ids[0].Select(id => (long)id)], [1, torch.Ids[0].Length])).ToArray();

    private static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - (double)actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"Number {i} is {actual[i]}, expected {expected[i]}.");
    }
}
