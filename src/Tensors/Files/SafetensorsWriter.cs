using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLPipelines.Tensors.Files;

/// <summary>Writes a safetensors file.</summary>
internal static class SafetensorsWriter
{
    internal static void Write(StateDictionary state, Stream stream)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) WriteHeader(json, state);
        // Padded with spaces, so that the data begins at a multiple of eight.
        while (header.Length % 8 != 0) header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        using var step = new Step();
        foreach (NamedTensor item in state) stream.Write(item.Tensor.Detach().Contiguous().CpuBytes);
    }

    private static void WriteHeader(Utf8JsonWriter json, StateDictionary state)
    {
        long at = 0;
        json.WriteStartObject();
        foreach (var (name, tensor) in state)
        {
            if (name == SafetensorsHeader.Metadata) throw new ArgumentException($"No tensor can be called '{name}' in a safetensors file.", nameof(state));
            json.WriteStartObject(name);
            json.WriteString("dtype", tensor.ElementType switch
            {
                ElementType.Float32 => "F32",
                ElementType.Int64 => "I64",
                ElementType.BFloat16 => "BF16",
                _ => "U8",
            });
            json.WriteStartArray("shape");
            foreach (int size in tensor.Shape) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(at);
            json.WriteNumberValue(at += (long)tensor.Count * tensor.ElementType.Size());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
