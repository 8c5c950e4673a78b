using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Encoders of each kind, small and with random numbers, and texts for them.</summary>
internal static class SmallEncoders
{
    private const int Words = 400;

    internal static readonly string[] Texts =
    [
        "block my card", "is it cold in Rome this evening or does the sun shine, and what about tomorrow?", "", "play a song", "señor, a question: où est la gare?",
        "please send me a new card before I leave the house, since the old one was lost on a train to New York yesterday",
    ];

    internal static readonly string[] Others = ["the card", "Rome is warm today. It rains in Oslo.", "nothing", "", "the station is behind the church, to the left of the market", "yes"];

    private static readonly Dictionary<string, Func<EncoderDescription>> Descriptions = new()
    {
        ["nas-bert"] = () => new NasBertDescription { VocabularySize = Words, PaddingId = 1 },
        ["nas-bert of several widths"] = () => new NasBertDescription { VocabularySize = Words, PaddingId = 1, LayerNumbers = [1, 2, 9, 8, 3, 5, 7, 0], NormalizesEmbeddings = false, Activation = Activation.Silu },
        ["bert"] = () => new BertDescription { VocabularySize = Words, PaddingId = 0, Size = 40, LayerCount = 2, HeadCount = 5, InnerSize = 72, Positions = 128 },
        ["bert of byte pairs"] = () => new BertDescription { VocabularySize = Words, PaddingId = 1, Size = 24, LayerCount = 1, HeadCount = 2, InnerSize = 48, Positions = 128 },
        ["roberta"] = () => new BertDescription { IsRoberta = true, VocabularySize = Words, PaddingId = 1, Size = 32, LayerCount = 2, HeadCount = 2, InnerSize = 64, Positions = 130, FirstPosition = 2, SegmentCount = 1, Activation = Activation.GeluTanh, Epsilon = 1e-5f },
        ["textcnn"] = () => new TextCnnDescription { VocabularySize = Words, PaddingId = 1, EmbeddingSize = 12, KernelCount = 9, KernelLengths = [2, 3, 4, 7] },
        ["bilstm"] = () => new BiLstmDescription { VocabularySize = Words, PaddingId = 1, EmbeddingSize = 12, StateSize = 10 },
    };

    internal static IEnumerable<string> Names => Descriptions.Keys;

    /// <summary>A network of one kind under a head.</summary>
    /// <param name="name">The kind.</param>
    /// <param name="head">What it scores.</param>
    /// <param name="outputs">How many scores.</param>
    /// <param name="texts">The columns that it reads.</param>
    internal static NetworkOverTexts Network(string name, HeadKind head, int outputs, params string[] texts)
    {
        EncoderDescription description = Descriptions[name]();
        var random = new RandomSource(1);
        TextEncoder encoder = description.Create(random);
        string[] known = [.. Texts, .. Others];
        var options = new TokenizerTrainingOptions { VocabularySize = Words };
        Tokenizer tokenizer = name == "bert" ? BertTokenizer.Train(known, options) : BpeTokenizer.Train(known, options);
        var network = new HeadedEncoder(new PretrainedEncoder(description, tokenizer, encoder.State()), head, outputs, random);
        // Biases and normalizations as after some training, and scores that are far apart.
        foreach (NamedTensor weight in network.Parameters)
        {
            if (weight.Tensor.Shape.Rank == 1) weight.Tensor.CopyFrom(Tensor.Uniform(weight.Tensor.Shape, random, 0.1f, 0.9f));
            else if (weight.Name.StartsWith("head.", StringComparison.Ordinal)) weight.Tensor.CopyFrom(Tensor.Normal(weight.Tensor.Shape, random, 0, 0.5f));
            else if (!weight.Name.Contains("mbedding", StringComparison.Ordinal)) weight.Tensor.CopyFrom(Tensor.Normal(weight.Tensor.Shape, random, 0, 0.2f));
        }
        return new NetworkOverTexts(new TextNetworkModel(network, new PretrainedEncoder(description, tokenizer, network.Encoder.State()), outputs, Math.Min(100, description.MaxTokens)), texts);
    }
}
