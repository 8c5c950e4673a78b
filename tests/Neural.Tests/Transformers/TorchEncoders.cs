using System.Runtime.CompilerServices;
using System.Text.Json;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Transformers;

/// <summary>What PyTorch made of a parameter: its shape, the length of its gradient, and the gradient's products with three vectors.</summary>
internal sealed record TorchParameter(string Name, int[] Shape, double Norm, double[] Products);

/// <summary>One encoder of torch_encoders.json: its texts and what PyTorch made of them.</summary>
internal sealed record TorchEncoder(long[][] Texts, long[]? Segments, float[] Output, TorchParameter[] Parameters)
{
    private static readonly JsonDocument File = JsonDocument.Parse(System.IO.File.ReadAllBytes(Beside("torch_encoders.json")));

    internal static TorchEncoder Of(string name)
    {
        JsonElement item = File.RootElement.GetProperty(name);
        return new TorchEncoder(
            [.. item.GetProperty("texts").EnumerateArray().Select(text => text.EnumerateArray().Select(id => id.GetInt64()).ToArray())],
            item.GetProperty("segments") is { ValueKind: JsonValueKind.Array } segments ? [.. segments.EnumerateArray().Select(segment => segment.GetInt64())] : null,
            [.. item.GetProperty("output").EnumerateArray().Select(value => value.GetSingle())],
            [.. item.GetProperty("parameters").EnumerateArray().Select(parameter => new TorchParameter(parameter.GetProperty("name").GetString()!,
                [.. parameter.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())], parameter.GetProperty("norm").GetDouble(),
                [.. parameter.GetProperty("products").EnumerateArray().Select(product => product.GetDouble())]))]);
    }

    internal static IEnumerable<string> Names => File.RootElement.EnumerateObject().Select(property => property.Name);

    /// <summary>The texts, padded.</summary>
    internal TokenBatch Batch(int padding) => BatchOf(Texts, padding, Segments);

    internal static TokenBatch BatchOf(long[][] texts, int padding, long[]? segments = null)
    {
        int length = texts.Max(text => text.Length);
        Shape shape = [texts.Length, length];
        long[] ids = [.. texts.SelectMany(text => text.Concat(Enumerable.Repeat((long)padding, length - text.Length)))];
        return new TokenBatch(Tensor.FromIndices(ids, shape),
            texts.All(text => text.Length == length) ? default : Tensor.From([.. texts.SelectMany(text => Enumerable.Range(0, length).Select(i => i < text.Length ? 1f : 0))], shape),
            segments is null ? default : Tensor.FromIndices(segments, shape));
    }

    /// <summary>Numbers from -1 to before 1 that follow from the number of a sequence; the same as in torch_encoders.py.</summary>
    internal static float[] Hash(int count, int number)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint h = unchecked((uint)i * 2654435761u + (uint)number * 40503u);
            for (int round = 0; round < 2; round++) h = unchecked((h ^ h >> 16) * 0x45D9F3Bu);
            h ^= h >> 16;
            values[i] = (float)(h / 2147483648.0 - 1);
        }
        return values;
    }

    /// <summary>Sets all parameters as torch_encoders.py does.</summary>
    internal static void Fill(Module network)
    {
        int number = 0;
        foreach (var (name, tensor) in network.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            float[] values = Hash(tensor.Count, number++);
            float scale = tensor.Rank == 1 ? 0.2f : name.Contains("mbedding", StringComparison.Ordinal) ? 1 : (float)Math.Sqrt(3.0 / (tensor.Count / tensor.Shape[0]));
            float center = tensor.Rank == 1 && name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0;
            tensor.CopyFrom([.. values.Select(value => value * scale + center)]);
        }
    }

    private static string Beside(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, name);
}
