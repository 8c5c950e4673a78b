using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// Everything that a decoder is made by, besides its numbers: GPT-2's architecture (Radford and others 2019) of any size, in the words of Hugging Face's <c>config.json</c>.
/// </summary>
/// <param name="VocabularySize">How many tokens there are.</param>
/// <param name="MaxTokens">The most tokens that it sees at once.</param>
/// <param name="HiddenSize">How long the vector of a token is.</param>
/// <param name="Layers">How many blocks of attention and feed-forward there are.</param>
/// <param name="Heads">Among how many heads attention is divided.</param>
internal sealed record DecoderDescription(int VocabularySize, int MaxTokens, int HiddenSize, int Layers, int Heads)
{
    private const string Family = "gpt2", Parameter = "decoder";

    /// <summary>Between the two products of feed-forward; four times the hidden size by default.</summary>
    internal int InnerSize { get; init; } = 4 * HiddenSize;

    /// <summary>What follows the first of them.</summary>
    internal Activation Activation { get; init; } = Activation.GeluTanh;

    /// <summary>Added to variances in layer normalization.</summary>
    internal float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>The rate of dropout of embeddings and of what is added to the residual stream.</summary>
    internal float Dropout { get; init; } = 0.1f;

    /// <summary>The rate of dropout of attention weights.</summary>
    internal float AttentionDropout { get; init; } = 0.1f;

    /// <summary>The token that ends a text; <see langword="null"/> where there is none.</summary>
    internal int? EndToken { get; init; }

    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal TextDecoder Create(RandomSource random) => new(this, random);

    /// <summary>How many numbers are learned.</summary>
    internal long ParameterCount
    {
        get
        {
            long hidden = HiddenSize, block = 4 * hidden * hidden + 2 * hidden * InnerSize + 9 * hidden + InnerSize;
            return ((long)VocabularySize + MaxTokens) * hidden + Layers * block + 2 * hidden;
        }
    }

    internal void Save(ModelStepWriter writer) => writer.Set(Parameter, ToJson());

    internal static DecoderDescription Load(ModelStepReader reader)
    {
        string json = reader.GetString(Parameter);
        try
        {
            return FromJson(json, "the description of the decoder");
        }
        catch (MLPipelinesException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    /// <summary>The text of a <c>config.json</c>.</summary>
    internal string ToJson() => new JsonObject
    {
        ["architectures"] = new JsonArray("GPT2LMHeadModel"),
        ["model_type"] = Family,
        ["vocab_size"] = VocabularySize,
        ["n_positions"] = MaxTokens,
        ["n_embd"] = HiddenSize,
        ["n_layer"] = Layers,
        ["n_head"] = Heads,
        ["n_inner"] = InnerSize,
        ["activation_function"] = ConfigReader.NameOf(Activation),
        ["layer_norm_epsilon"] = NormEpsilon,
        ["embd_pdrop"] = Dropout,
        ["attn_pdrop"] = AttentionDropout,
        ["resid_pdrop"] = Dropout,
        ["bos_token_id"] = EndToken,
        ["eos_token_id"] = EndToken,
        ["tie_word_embeddings"] = true,
    }.ToJsonString(new() { WriteIndented = true });

    /// <param name="json">The text of a <c>config.json</c>; keys that do not matter to the numbers are passed over.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="MLPipelinesException">It is not JSON, of a family that is not known, or a number is missing or cannot be.</exception>
    internal static DecoderDescription FromJson(string json, string source)
    {
        var config = ConfigReader.Parse(json, source);
        if (config.Text("model_type", Family) is var family and not Family) throw config.Invalid($"\"model_type\" is \"{family}\"; decoders of the family {Family} can be read");
        Expect("tie_word_embeddings", usual: true, "an output layer of its own");
        Expect("scale_attn_weights", usual: true, "attention that is not scaled");
        Expect("scale_attn_by_inverse_layer_idx", usual: false, "attention that is scaled by layer");
        Expect("add_cross_attention", usual: false, "attention to another text");
        int vocabulary = config.Number("vocab_size"), hidden = config.Number("n_embd"), heads = config.Number("n_head", most: 1 << 10), end = config.Number("eos_token_id", -1, least: -1, most: vocabulary - 1);
        if (hidden % heads != 0) throw config.Invalid($"a hidden size of {hidden} cannot be divided among {heads} heads");
        return new DecoderDescription(vocabulary, config.Number("n_positions"), hidden, config.Number("n_layer", most: 1 << 10), heads)
        {
            InnerSize = config.Number("n_inner", 4 * hidden),
            Activation = config.Activation("activation_function", "gelu_new"),
            NormEpsilon = config.Fraction("layer_norm_epsilon", 1e-5f),
            Dropout = config.Fraction("resid_pdrop", 0.1f),
            AttentionDropout = config.Fraction("attn_pdrop", 0.1f),
            EndToken = end < 0 ? null : end,
        };

        void Expect(string key, bool usual, string what)
        {
            if (config.Flag(key, usual) != usual) throw config.Invalid($"\"{key}\" is {(usual ? "false" : "true")}; {what} is not there");
        }
    }
}
