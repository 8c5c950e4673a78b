using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MLPipelines.Neural.Tests.Transformers;

/// <summary>Writes files of weights byte by byte, as other programs do: nothing of the library's own writers is used.</summary>
internal static class WeightFiles
{
    internal static void WriteSafetensors(string path, IEnumerable<(string Name, int[] Shape, float[] Values)> tensors)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        using var data = new MemoryStream();
        foreach (var (name, shape, values) in tensors)
        {
            long start = data.Length;
            data.Write(MemoryMarshal.AsBytes<float>(values));
            header.Append(CultureInfo.InvariantCulture, $",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{start},{data.Length}]}}");
        }
        byte[] text = Encoding.UTF8.GetBytes(header.Append('}').ToString()), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(path, [.. length, .. text, .. data.ToArray()]);
    }

    /// <summary>TorchSharp's format.</summary>
    internal static void WriteTsm(string path, IReadOnlyCollection<(string Name, int[] Shape, float[] Values)> tensors)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.UTF8);
        writer.Write7BitEncodedInt64(tensors.Count);
        foreach (var (name, shape, values) in tensors)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt64(6);
            writer.Write7BitEncodedInt64(shape.Length);
            foreach (int size in shape) writer.Write7BitEncodedInt64(size);
            foreach (float value in values) writer.Write(value);
        }
    }
}
