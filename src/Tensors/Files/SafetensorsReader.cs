using System.Runtime.InteropServices;

namespace MLPipelines.Tensors.Files;

/// <summary>Reads a safetensors file in one pass, a piece at a time. Half precision is widened; memory is taken only for bytes that are there.</summary>
internal sealed class SafetensorsReader(Stream stream, string file)
{
    private readonly byte[] _piece = new byte[1 << 16];

    internal StateDictionary Read()
    {
        Span<byte> prefix = stackalloc byte[8];
        Fill(prefix, "the length of its header");
        byte[] header = ReadHeader(SafetensorsHeader.Length(prefix, file));
        SafetensorsEntry[] entries = SafetensorsHeader.Parse(header, file);
        if (entries.Length > 0 && stream.CanSeek && stream.Length - stream.Position < entries[^1].End)
            throw new InvalidDataException($"{file} ends too soon: its tensors take {entries[^1].End} bytes, {stream.Length - stream.Position} are there.");
        var state = new StateDictionary();
        foreach (SafetensorsEntry entry in entries) state.Add(entry.Name, Read(entry));
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"{file} goes on after its last tensor.");
        return state;
    }

    /// <summary>Grows with what is there, so that a length that is a lie costs nothing.</summary>
    private byte[] ReadHeader(int length)
    {
        using var header = new MemoryStream();
        while (header.Length < length)
        {
            int size = (int)Math.Min(_piece.Length, length - header.Length);
            Fill(_piece.AsSpan(0, size), "its header");
            header.Write(_piece, 0, size);
        }
        return header.ToArray();
    }

    private Tensor Read(SafetensorsEntry entry)
    {
        ElementType type = entry.Type switch { "I64" => ElementType.Int64, "BF16" => ElementType.BFloat16, "U8" => ElementType.UInt8, _ => ElementType.Float32 };
        Tensor tensor = Tensor.New(entry.Shape, Device.Cpu, type);
        Span<byte> target = tensor.CpuBytes;
        if (entry.Type == "F16") Widen(MemoryMarshal.Cast<byte, float>(target), entry.Name);
        else Fill(target, $"tensor '{entry.Name}'");
        return tensor;
    }

    private void Widen(Span<float> target, string name)
    {
        for (int at = 0; at < target.Length;)
        {
            int count = Math.Min(_piece.Length / 2, target.Length - at);
            Fill(_piece.AsSpan(0, count * 2), $"tensor '{name}'");
            foreach (Half half in MemoryMarshal.Cast<byte, Half>(_piece.AsSpan(0, count * 2))) target[at++] = (float)half;
        }
    }

    private void Fill(Span<byte> target, string what)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length) throw new InvalidDataException($"{file} ends within {what}.");
    }
}
