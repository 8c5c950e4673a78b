using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Reads the keys of a <c>config.json</c>; what cannot be is an error that names the file, the key, what was found and what was expected.</summary>
internal sealed class ConfigReader
{
    private readonly JsonObject _config;
    private readonly string _source;

    private ConfigReader(JsonObject config, string source) => (_config, _source) = (config, source);

    internal static ConfigReader Parse(string json, string source)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }) is JsonObject config) return new ConfigReader(config, source);
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{source} is not JSON: {e.Message}", e);
        }
        throw new MLPipelinesException($"{source} is not a JSON object.");
    }

    /// <summary>A whole number; without a default it has to be there.</summary>
    internal int Number(string key, int? missing = null, int least = 1, int most = 1 << 20)
    {
        if (_config[key] is not { } node) return missing ?? throw Unfit(key, $"a whole number from {least} to {most}");
        return node is JsonValue value && value.TryGetValue(out int number) && number >= least && number <= most ? number : throw Unfit(key, $"a whole number from {least} to {most}");
    }

    /// <summary>A number from 0 to before 1, such as a rate of dropout.</summary>
    internal float Fraction(string key, float missing)
    {
        if (_config[key] is not { } node) return missing;
        return node is JsonValue value && value.TryGetValue(out double number) && number is >= 0 and < 1 ? (float)number : throw Unfit(key, "a number from 0 to before 1");
    }

    internal string Text(string key, string missing)
    {
        if (_config[key] is not { } node) return missing;
        return node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Unfit(key, "a text");
    }

    internal bool Flag(string key, bool missing)
    {
        if (_config[key] is not { } node) return missing;
        return node is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Unfit(key, "true or false");
    }

    internal int[] Numbers(string key, int[] missing, int most)
    {
        if (_config[key] is not { } node) return missing;
        if (node is not JsonArray { Count: >= 1 and <= 1000 } array) throw Unfit(key, "a list of whole numbers");
        return [.. array.Select(item => item is JsonValue value && value.TryGetValue(out int number) && number >= 0 && number <= most ? number : throw Unfit(key, $"whole numbers from 0 to {most}"))];
    }

    internal Activation Activation(string key, string missing) => Text(key, missing) switch
    {
        "gelu" => Tensors.Activation.Gelu,
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => Tensors.Activation.GeluTanh,
        "relu" => Tensors.Activation.Relu,
        "silu" or "swish" => Tensors.Activation.Silu,
        "tanh" => Tensors.Activation.Tanh,
        _ => throw Unfit(key, "gelu, gelu_new, relu, silu or tanh"),
    };

    internal static string NameOf(Activation activation) => activation == Tensors.Activation.GeluTanh ? "gelu_new" : activation.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>An error about the whole file.</summary>
    internal MLPipelinesException Invalid(string problem) => new($"{_source}: {problem}.");

    private MLPipelinesException Unfit(string key, string expected) => new($"{_source}: \"{key}\" is {_config[key]?.ToJsonString() ?? "missing"}, expected {expected}.");
}
