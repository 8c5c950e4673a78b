using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What a convolutional network for texts is made by.</summary>
internal sealed record TextCnnDescription : EncoderDescription
{
    internal const string Family = "textcnn";

    /// <summary>How long the vectors of tokens are.</summary>
    internal int EmbeddingSize { get; init; } = 128;

    /// <summary>How many kernels there are of each length.</summary>
    internal int KernelCount { get; init; } = 100;

    /// <summary>How many tokens kernels reach over.</summary>
    internal IReadOnlyList<int> KernelLengths { get; init; } = [3, 4, 5];

    internal override float HeadDropout { get; init; } = 0.5f;

    internal override int HiddenSize => KernelCount * KernelLengths.Count;

    internal override int MaxTokens => PooledHead.MaxTokens;

    internal override HeadNames Heads => HeadNames.Bert;

    internal override TextEncoder Create(RandomSource random) => new TextCnnEncoder(this, random);

    internal override Layer CreateClassifier(int classes, RandomSource random) => new PooledHead(this, classes, random);

    internal static TextCnnDescription Read(ConfigReader config)
    {
        int vocabulary = config.Number("vocab_size", most: 1 << 24);
        int[] lengths = config.Numbers("kernel_lengths", [3, 4, 5], 100);
        if (lengths.Contains(0)) throw config.Invalid("\"kernel_lengths\" has a length of 0, expected 1 to 100");
        return new TextCnnDescription
        {
            VocabularySize = vocabulary,
            PaddingId = config.Number("pad_token_id", 0, 0, vocabulary - 1),
            EmbeddingSize = config.Number("embedding_size", 128, most: 1 << 14),
            KernelCount = config.Number("kernel_count", 100, most: 1 << 14),
            KernelLengths = lengths,
            Dropout = config.Fraction("hidden_dropout_prob", 0.1f),
            HeadDropout = config.Fraction("classifier_dropout", 0.5f),
        };
    }

    private protected override void Write(JsonObject config)
    {
        config["model_type"] = Family;
        config["vocab_size"] = VocabularySize;
        config["pad_token_id"] = PaddingId;
        config["embedding_size"] = EmbeddingSize;
        config["kernel_count"] = KernelCount;
        config["kernel_lengths"] = new JsonArray([.. KernelLengths.Select(length => (JsonNode)length)]);
        config["hidden_dropout_prob"] = Dropout;
        config["classifier_dropout"] = HeadDropout;
    }
}
