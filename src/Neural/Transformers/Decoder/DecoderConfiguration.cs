using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>A decoder's description as Hugging Face writes it: <c>config.json</c> with <c>"model_type": "gpt2"</c>.</summary>
internal static class DecoderConfiguration
{
    internal const string FileName = "config.json";

    private const string ModelType = "gpt2";

    private static readonly (string Name, Activation Activation)[] Activations =
        [("gelu_new", Activation.GeluTanh), ("gelu_pytorch_tanh", Activation.GeluTanh), ("gelu", Activation.Gelu), ("relu", Activation.Relu), ("silu", Activation.Silu), ("swish", Activation.Silu), ("tanh", Activation.Tanh)];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Whether a file describes a decoder that can be read here, rather than an encoder or something else.</summary>
    internal static bool Describes(string file) => File.Exists(file) && Parse(file) is { } json && Text(json, "model_type") == ModelType;

    /// <exception cref="MLPipelinesException">It describes something else, or what is not supported.</exception>
    internal static DecoderDescription Read(string file)
    {
        JsonObject json = Parse(file) ?? throw new MLPipelinesException($"{file} holds no JSON object.");
        if (Text(json, "model_type") is var type && type != ModelType) throw new MLPipelinesException($"{file}: the model type is '{type}', expected '{ModelType}'.");
        Expect("tie_word_embeddings", usual: true, "an output layer of its own");
        Expect("scale_attn_weights", usual: true, "attention without scaling");
        Expect("scale_attn_by_inverse_layer_idx", usual: false, "attention scaled by layer");
        Expect("add_cross_attention", usual: false, "cross-attention");
        int hidden = Whole("n_embd");
        string function = Text(json, "activation_function") ?? Activations[0].Name;
        var description = new DecoderDescription(Whole("vocab_size"), Whole("n_positions"), hidden, Whole("n_layer"), Whole("n_head"))
        {
            InnerSize = json["n_inner"] is null ? 4 * hidden : Whole("n_inner"),
            Activation = Array.FindIndex(Activations, known => known.Name == function) is var index and >= 0 ? Activations[index].Activation
                : throw new MLPipelinesException($"{file}: the activation '{function}' is not there; expected {string.Join(", ", Activations.Select(known => known.Name))}."),
            NormEpsilon = (float)(Number("layer_norm_epsilon") ?? 1e-5),
            EmbeddingDropout = (float)(Number("embd_pdrop") ?? 0.1),
            AttentionDropout = (float)(Number("attn_pdrop") ?? 0.1),
            ResidualDropout = (float)(Number("resid_pdrop") ?? 0.1),
            EndToken = (int?)Number("eos_token_id"),
        };
        return description.Problem() is { } problem ? throw new MLPipelinesException($"{file}: {problem}.") : description;

        double? Number(string name) => json[name] is not { } node ? null
            : node is JsonValue value && value.TryGetValue(out double number) ? number : throw new MLPipelinesException($"{file}: '{name}' is {node.ToJsonString()}, expected a number.");

        int Whole(string name) => Number(name) is { } number && number == Math.Floor(number) && number is > 0 and < int.MaxValue ? (int)number
            : throw new MLPipelinesException($"{file}: '{name}' is {json[name]?.ToJsonString() ?? "missing"}, expected a whole number of at least 1.");

        void Expect(string name, bool usual, string what)
        {
            if (json[name] is JsonValue value && value.TryGetValue(out bool found) && found != usual)
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{file}: '{name}' is {(found ? "true" : "false")}; {what} is not supported."));
        }
    }

    internal static void Write(DecoderDescription description, string file)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray("GPT2LMHeadModel"),
            ["model_type"] = ModelType,
            ["vocab_size"] = description.VocabularySize,
            ["n_positions"] = description.MaxTokens,
            ["n_ctx"] = description.MaxTokens,
            ["n_embd"] = description.HiddenSize,
            ["n_layer"] = description.Layers,
            ["n_head"] = description.Heads,
            ["n_inner"] = description.InnerSize,
            ["activation_function"] = Array.Find(Activations, known => known.Activation == description.Activation).Name,
            ["layer_norm_epsilon"] = description.NormEpsilon,
            ["embd_pdrop"] = description.EmbeddingDropout,
            ["attn_pdrop"] = description.AttentionDropout,
            ["resid_pdrop"] = description.ResidualDropout,
            ["bos_token_id"] = description.EndToken,
            ["eos_token_id"] = description.EndToken,
            ["tie_word_embeddings"] = true,
        };
        File.WriteAllText(file, json.ToJsonString(Indented) + "\n");
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject? Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{file} is no JSON: {e.Message}", e);
        }
    }
}
