using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MLPipelines.Tensors.Tests.Operations;

/// <summary>What PyTorch computed for one operation or layer. The inputs of a layer after the first are its parameters and buffers, with their names.</summary>
internal sealed record TorchCase(Tensor[] Inputs, string[] Names, Tensor Output, Tensor Weights, Tensor?[] Gradients, NamedTensor[] After);

/// <summary>The numbers of a JSON file that a script beside it made.</summary>
internal sealed class TorchValues
{
    private readonly JsonDocument _document;

    private TorchValues(string path) => _document = JsonDocument.Parse(File.ReadAllBytes(path));

    /// <param name="name">A file beside the caller's.</param>
    /// <param name="caller">The caller's own file.</param>
    internal static TorchValues Of(string name, [CallerFilePath] string caller = "") => new(Path.Combine(Path.GetDirectoryName(caller)!, name));

    internal IEnumerable<string> Names => _document.RootElement.EnumerateObject().Select(property => property.Name);

    internal TorchCase this[string name]
    {
        get
        {
            JsonElement item = _document.RootElement.GetProperty(name);
            JsonElement[] inputs = [.. item.GetProperty("inputs").EnumerateArray()];
            return new TorchCase([.. inputs.Select(Read)], [.. inputs.Select(Name)], Read(item.GetProperty("output")), Read(item.GetProperty("weights")),
                [.. item.GetProperty("gradients").EnumerateArray().Select(gradient => gradient.ValueKind == JsonValueKind.Null ? default(Tensor?) : Read(gradient))],
                item.TryGetProperty("after", out JsonElement after) ? [.. after.EnumerateArray().Select(buffer => new NamedTensor(Name(buffer), Read(buffer)))] : []);
        }
    }

    private static Tensor Read(JsonElement item)
    {
        var shape = Shape.Of([.. item.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())]);
        var values = item.GetProperty("values").EnumerateArray();
        return item.GetProperty("type").GetString() == "float"
            ? Tensor.From([.. values.Select(value => value.GetSingle())], shape)
            : Tensor.FromIndices([.. values.Select(value => value.GetInt64())], shape);
    }

    private static string Name(JsonElement item) => item.TryGetProperty("name", out JsonElement name) ? name.GetString()! : "";
}
