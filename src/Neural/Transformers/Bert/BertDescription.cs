using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What a BERT (Devlin and others 2019) or RoBERTa (Liu and others 2019) of any size is made by; the defaults are those of BERT-base.</summary>
internal sealed record BertDescription : EncoderDescription
{
    internal const string Family = "bert", RobertaFamily = "roberta";

    /// <summary>Whether it is a RoBERTa, whose heads have other names.</summary>
    internal bool IsRoberta { get; init; }

    /// <summary>H.</summary>
    internal int Size { get; init; } = 768;

    internal int LayerCount { get; init; } = 12;

    internal int HeadCount { get; init; } = 12;

    /// <summary>The width between the two linear layers of a feed-forward network.</summary>
    internal int InnerSize { get; init; } = 3072;

    /// <summary>Rows of the table of positions.</summary>
    internal int Positions { get; init; } = 512;

    /// <summary>The row of the first position: RoBERTa leaves those up to the padding's number out.</summary>
    internal int FirstPosition { get; init; }

    /// <summary>Kinds of texts in a pair that have vectors of their own.</summary>
    internal int SegmentCount { get; init; } = 2;

    internal Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Added to variances before their root.</summary>
    internal float Epsilon { get; init; } = 1e-12f;

    /// <summary>The same after the embeddings.</summary>
    internal float EmbeddingEpsilon { get; init; } = 1e-12f;

    internal override float HeadDropout { get; init; } = 0.1f;

    internal override int HiddenSize => Size;

    internal override int MaxTokens => Positions - FirstPosition;

    internal override HeadNames Heads => IsRoberta ? HeadNames.Roberta : HeadNames.Bert;

    internal override TextEncoder Create(RandomSource random) => new BertEncoder(this, random);

    internal static BertDescription Read(ConfigReader config, bool isRoberta)
    {
        if (config.Text("position_embedding_type", "absolute") != "absolute") throw config.Invalid("\"position_embedding_type\" is to be \"absolute\"; relative positions are not known");
        int vocabulary = config.Number("vocab_size", most: 1 << 24), padding = config.Number("pad_token_id", isRoberta ? 1 : 0, 0, vocabulary - 1);
        float dropout = config.Fraction("hidden_dropout_prob", 0.1f), epsilon = config.Fraction("layer_norm_eps", 1e-12f);
        var read = new BertDescription
        {
            IsRoberta = isRoberta,
            VocabularySize = vocabulary,
            PaddingId = padding,
            Size = config.Number("hidden_size", 768, most: 1 << 14),
            LayerCount = config.Number("num_hidden_layers", 12, most: 1000),
            HeadCount = config.Number("num_attention_heads", 12, most: 1 << 10),
            InnerSize = config.Number("intermediate_size", 3072, most: 1 << 17),
            Positions = config.Number("max_position_embeddings", 512, most: 1 << 17),
            FirstPosition = config.Number("first_position", isRoberta ? padding + 1 : 0, 0, 1 << 17),
            SegmentCount = config.Number("type_vocab_size", 2, most: 1 << 10),
            Activation = config.Activation("hidden_act", "gelu"),
            Epsilon = epsilon,
            EmbeddingEpsilon = config.Fraction("embedding_layer_norm_eps", epsilon),
            Dropout = dropout,
            AttentionDropout = config.Fraction("attention_probs_dropout_prob", 0.1f),
            HeadDropout = config.Fraction("classifier_dropout", dropout),
        };
        if (read.Size % read.HeadCount != 0) throw config.Invalid($"\"hidden_size\" is {read.Size}, which {read.HeadCount} heads (\"num_attention_heads\") cannot share");
        return read.MaxTokens > 0 ? read : throw config.Invalid($"\"max_position_embeddings\" is {read.Positions}, which leaves none from position {read.FirstPosition} on");
    }

    private protected override void Write(JsonObject config)
    {
        config["model_type"] = IsRoberta ? RobertaFamily : Family;
        config["vocab_size"] = VocabularySize;
        config["pad_token_id"] = PaddingId;
        config["hidden_size"] = Size;
        config["num_hidden_layers"] = LayerCount;
        config["num_attention_heads"] = HeadCount;
        config["intermediate_size"] = InnerSize;
        config["max_position_embeddings"] = Positions;
        if (FirstPosition != (IsRoberta ? PaddingId + 1 : 0)) config["first_position"] = FirstPosition;
        config["type_vocab_size"] = SegmentCount;
        config["hidden_act"] = ConfigReader.NameOf(Activation);
        config["layer_norm_eps"] = Epsilon;
        if (EmbeddingEpsilon != Epsilon) config["embedding_layer_norm_eps"] = EmbeddingEpsilon;
        config["hidden_dropout_prob"] = Dropout;
        config["attention_probs_dropout_prob"] = AttentionDropout;
        config["classifier_dropout"] = HeadDropout;
    }
}
