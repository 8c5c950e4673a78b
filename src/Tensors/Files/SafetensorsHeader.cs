using System.Text.Json;

namespace MLPipelines.Tensors.Files;

/// <summary>Where a tensor lies in a safetensors file.</summary>
internal sealed record SafetensorsEntry(string Name, string Type, Shape Shape, long Start, long End);

/// <summary>
/// The header of a safetensors file: eight bytes with its length, then JSON with a type, a shape and a range of bytes for each name. The ranges fill the
/// rest of the file without gaps or overlaps; a file where they do not is refused.
/// </summary>
internal static class SafetensorsHeader
{
    internal const string Metadata = "__metadata__";
    private const int Longest = 100_000_000;

    internal static int Length(ReadOnlySpan<byte> prefix, string file)
    {
        ulong length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        return length is >= 2 and <= Longest ? (int)length
            : throw new InvalidDataException($"{file} is no safetensors file: its header would have {length} bytes, expected 2 to {Longest}.");
    }

    /// <summary>The entries in the order of their ranges.</summary>
    internal static SafetensorsEntry[] Parse(ReadOnlyMemory<byte> json, string file)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: the header of a safetensors file is JSON, but {e.Message}", e);
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new InvalidDataException($"{file}: the header is no JSON object.");
            SafetensorsEntry[] entries = [.. document.RootElement.EnumerateObject().Where(property => property.Name != Metadata)
                .Select(property => Entry(property, file)).OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
            long at = 0;
            foreach (SafetensorsEntry entry in entries)
            {
                if (entry.Start != at) throw new InvalidDataException($"{file}, tensor '{entry.Name}': it begins at byte {entry.Start} of the data, expected {at}, where the one before it ends.");
                at = entry.End;
            }
            return entries;
        }
    }

    private static SafetensorsEntry Entry(JsonProperty property, string file)
    {
        string where = $"{file}, tensor '{property.Name}'";
        try
        {
            string type = property.Value.GetProperty("dtype").GetString() ?? "";
            int[] sizes = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            long[] range = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            var shape = Shape.Of(sizes);
            int size = type switch { "F32" => 4, "F16" or "BF16" => 2, "I64" => 8, "U8" => 1, _ => 0 };
            if (size == 0) throw new InvalidDataException($"{where}: its type is {type}; F32, F16, BF16, I64 and U8 can be read.");
            if (range.Length != 2 || range[0] < 0 || range[1] - range[0] != (long)shape.Count * size)
                throw new InvalidDataException($"{where}: {type} {shape} takes {(long)shape.Count * size} bytes, but its range is [{string.Join(", ", range)}].");
            return new SafetensorsEntry(property.Name, type, shape, range[0], range[1]);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{where}: expected dtype, shape and data_offsets of a tensor with at most {Shape.MaxRank} axes. {e.Message}", e);
        }
    }
}
