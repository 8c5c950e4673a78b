using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What a NAS-BERT is made by; the defaults are those that ML.NET ships.</summary>
internal sealed record NasBertDescription : EncoderDescription
{
    internal const string Family = "nas-bert";

    /// <summary>The architecture that ML.NET ships.</summary>
    internal static readonly int[] DefaultLayers = [9, 11, 7, 0, 0, 0, 11, 11, 7, 0, 0, 0, 9, 7, 11, 0, 0, 0, 10, 7, 9, 0, 0, 0];

    /// <summary>Numbers of the <see cref="SearchSpace"/>, in four blocks of equal length.</summary>
    internal IReadOnlyList<int> LayerNumbers { get; init; } = DefaultLayers;

    /// <summary>How long the vectors of tokens and positions are.</summary>
    internal int EmbeddingSize { get; init; } = 64;

    /// <summary>Whether there is a normalization after the embeddings.</summary>
    internal bool NormalizesEmbeddings { get; init; } = true;

    internal Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The rate of dropout after activations.</summary>
    internal float ActivationDropout { get; init; }

    internal int Positions { get; init; } = 512;

    internal override float HeadDropout { get; init; }

    internal override int HiddenSize => SearchSpace.BlockWidths(LayerNumbers, out _)[^1];

    internal override int MaxTokens => Positions;

    internal override HeadNames Heads => HeadNames.NasBert;

    internal override TextEncoder Create(RandomSource random) => new NasBertEncoder(this, random);

    internal static NasBertDescription Read(ConfigReader config)
    {
        int vocabulary = config.Number("vocab_size", most: 1 << 24);
        int[] layers = config.Numbers("layers", DefaultLayers, SearchSpace.Count - 1);
        SearchSpace.BlockWidths(layers, out string? problem);
        return problem is not null ? throw config.Invalid(problem) : new NasBertDescription
        {
            VocabularySize = vocabulary,
            PaddingId = config.Number("pad_token_id", 1, 0, vocabulary - 1),
            LayerNumbers = layers,
            EmbeddingSize = config.Number("embedding_size", 64, most: 1 << 14),
            NormalizesEmbeddings = config.Flag("normalize_embeddings", true),
            Positions = config.Number("max_position_embeddings", 512, most: 1 << 16),
            Activation = config.Activation("hidden_act", "gelu"),
            Dropout = config.Fraction("hidden_dropout_prob", 0.1f),
            AttentionDropout = config.Fraction("attention_probs_dropout_prob", 0.1f),
            ActivationDropout = config.Fraction("activation_dropout", 0),
            HeadDropout = config.Fraction("classifier_dropout", 0),
        };
    }

    private protected override void Write(JsonObject config)
    {
        config["model_type"] = Family;
        config["vocab_size"] = VocabularySize;
        config["pad_token_id"] = PaddingId;
        config["layers"] = new JsonArray([.. LayerNumbers.Select(number => JsonValue.Create(number))]);
        config["embedding_size"] = EmbeddingSize;
        config["hidden_size"] = HiddenSize;
        config["normalize_embeddings"] = NormalizesEmbeddings;
        config["max_position_embeddings"] = Positions;
        config["hidden_act"] = ConfigReader.NameOf(Activation);
        config["hidden_dropout_prob"] = Dropout;
        config["attention_probs_dropout_prob"] = AttentionDropout;
        config["activation_dropout"] = ActivationDropout;
        config["classifier_dropout"] = HeadDropout;
    }
}
