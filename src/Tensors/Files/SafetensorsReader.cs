namespace MLPipelines.Tensors.Files;

/// <summary>Reads a safetensors file in one pass, a piece at a time. Half precision is widened; memory is taken only for bytes that are there.</summary>
internal sealed class SafetensorsReader(Stream stream, string file)
{
    private readonly TensorInput _input = new(stream, file);

    internal StateDictionary Read()
    {
        Span<byte> prefix = stackalloc byte[8];
        _input.Fill(prefix, "the length of its header");
        byte[] header = _input.Take(SafetensorsHeader.Length(prefix, file), "its header");
        SafetensorsEntry[] entries = SafetensorsHeader.Parse(header, file);
        if (entries.Length > 0 && _input.Left < entries[^1].End)
            throw new InvalidDataException($"{file} ends too soon: its tensors take {entries[^1].End} bytes, {_input.Left} are there.");
        var state = new StateDictionary();
        foreach (SafetensorsEntry entry in entries) state.Add(entry.Name, Read(entry));
        if (_input.ReadByte() >= 0) throw new InvalidDataException($"{file} goes on after its last tensor.");
        return state;
    }

    private Tensor Read(SafetensorsEntry entry)
    {
        ElementType type = entry.Type switch { "I64" => ElementType.Int64, "BF16" => ElementType.BFloat16, "U8" => ElementType.UInt8, _ => ElementType.Float32 };
        return _input.Read(entry.Shape, type, entry.Type == "F16", entry.Name);
    }
}
