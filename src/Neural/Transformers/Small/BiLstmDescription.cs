using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What a recurrent network for texts is made by.</summary>
internal sealed record BiLstmDescription : EncoderDescription
{
    internal const string Family = "bilstm";

    /// <summary>How long the vectors of tokens are.</summary>
    internal int EmbeddingSize { get; init; } = 128;

    /// <summary>The size of the state in each direction.</summary>
    internal int StateSize { get; init; } = 128;

    internal override float HeadDropout { get; init; } = 0.3f;

    internal override int HiddenSize => 2 * StateSize;

    internal override int MaxTokens => PooledHead.MaxTokens;

    internal override HeadNames Heads => HeadNames.Bert;

    internal override TextEncoder Create(RandomSource random) => new BiLstmEncoder(this, random);

    internal override Layer CreateClassifier(int classes, RandomSource random) => new PooledHead(this, classes, random);

    internal static BiLstmDescription Read(ConfigReader config)
    {
        int vocabulary = config.Number("vocab_size", most: 1 << 24);
        return new BiLstmDescription
        {
            VocabularySize = vocabulary,
            PaddingId = config.Number("pad_token_id", 0, 0, vocabulary - 1),
            EmbeddingSize = config.Number("embedding_size", 128, most: 1 << 14),
            StateSize = config.Number("hidden_size", 128, most: 1 << 14),
            Dropout = config.Fraction("hidden_dropout_prob", 0.1f),
            HeadDropout = config.Fraction("classifier_dropout", 0.3f),
        };
    }

    private protected override void Write(JsonObject config)
    {
        config["model_type"] = Family;
        config["vocab_size"] = VocabularySize;
        config["pad_token_id"] = PaddingId;
        config["embedding_size"] = EmbeddingSize;
        config["hidden_size"] = StateSize;
        config["hidden_dropout_prob"] = Dropout;
        config["classifier_dropout"] = HeadDropout;
    }
}
