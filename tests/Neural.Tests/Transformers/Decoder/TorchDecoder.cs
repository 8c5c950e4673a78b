using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLPipelines.Neural.Tests.Transformers;

/// <summary>The small GPT-2 of torch_gpt2.json, and what PyTorch made of it.</summary>
internal sealed class TorchDecoder
{
    private readonly JsonNode _json;

    private TorchDecoder(string caller) => _json = JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(caller)!, "torch_gpt2.json")))!;

    internal static TorchDecoder Read([CallerFilePath] string caller = "") => new(caller);

    internal int[][] Ids => [.. _json["ids"]!.AsArray().Select(row => row!.Deserialize<int[]>()!)];

    internal float[] Scores => _json["scores"].Deserialize<float[]>()!;

    internal float Loss => _json["loss"]!.GetValue<float>();

    internal IEnumerable<(string Name, float[] Gradient)> Gradients => _json["parameters"]!.AsArray().Select(item => (item!["name"]!.GetValue<string>(), item["gradient"].Deserialize<float[]>()!));

    /// <summary>Writes the folder that Hugging Face would: names without prefix, and the causal masks of old files.</summary>
    internal void WriteFolder(string folder, Action<JsonObject>? change = null, Func<string, string?>? rename = null)
    {
        var config = (JsonObject)_json["config"]!.DeepClone();
        change?.Invoke(config);
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        using var data = new MemoryStream();
        foreach (JsonNode? item in _json["parameters"]!.AsArray())
        {
            string own = item!["name"]!.GetValue<string>();
            if ((rename is null ? own : rename(own)) is { } name) Add(name, item["shape"]!.DeepClone(), item["values"].Deserialize<float[]>()!);
        }
        Add("h.0.attn.bias", new JsonArray(1, 1, 2, 2), [1, 0, 1, 1]);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        using FileStream file = File.Create(Path.Combine(folder, "model.safetensors"));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        file.Write(length);
        file.Write(text);
        file.Write(data.ToArray());

        void Add(string name, JsonNode shape, float[] values)
        {
            header[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = shape, ["data_offsets"] = new JsonArray(data.Length, data.Length + 4 * values.Length) };
            data.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }
}
