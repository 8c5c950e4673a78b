using System.Text;

namespace MLPipelines.Tensors.Files;

/// <summary>
/// Reads the file that TorchSharp's <c>Module.save</c> writes: the number of tensors, then for each its name (UTF-8 after its length), the number of its element type, the number of
/// its sizes, the sizes, and its bytes in order, little-endian. Whole numbers are in groups of seven bits, the lowest first, with the eighth bit set on all but the last (LEB128).
/// </summary>
internal sealed class TorchSharpReader(Stream stream, string file)
{
    private const int MostTensors = 1 << 20, LongestName = 1 << 12;

    private readonly TensorInput _input = new(stream, file);

    internal StateDictionary Read()
    {
        long count = Number("the number of its tensors", MostTensors);
        var state = new StateDictionary();
        for (long i = 0; i < count; i++)
        {
            string name = Name($"the name of tensor {i + 1} of {count}");
            if (state.TryGet(name, out _)) throw new InvalidDataException($"{file} has two tensors '{name}'.");
            state.Add(name, Tensor(name));
        }
        if (_input.ReadByte() >= 0) throw new InvalidDataException($"{file} goes on after its last tensor.");
        return state;
    }

    private Tensor Tensor(string name)
    {
        string where = $"{file}, tensor '{name}'";
        long number = Number($"the type of tensor '{name}'", 127), rank = Number($"the shape of tensor '{name}'", long.MaxValue);
        // The numbers of libtorch's element types.
        (ElementType type, int size) = number switch
        {
            0 => (ElementType.UInt8, 1),
            4 => (ElementType.Int64, 8),
            5 => (ElementType.Float32, 2),
            6 => (ElementType.Float32, 4),
            15 => (ElementType.BFloat16, 2),
            _ => throw new InvalidDataException($"{where}: its element type is number {number}; bytes (0), 64-bit integers (4), half (5) and single precision (6) and bfloat16 (15) can be read."),
        };
        if (rank > Shape.MaxRank) throw new InvalidDataException($"{where}: it has {rank} axes, at most {Shape.MaxRank} can be read.");
        Span<int> sizes = stackalloc int[(int)rank];
        long items = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (int)Number($"the shape of tensor '{name}'", int.MaxValue);
            items = sizes[i] == 0 ? 0 : items > int.MaxValue / sizes[i] ? throw new InvalidDataException($"{where}: it has more than {int.MaxValue} elements.") : items * sizes[i];
        }
        if (_input.Left < items * size) throw new InvalidDataException($"{where}: its elements take {items * size} bytes, {_input.Left} are left in the file.");
        return _input.Read(Shape.Of(sizes), type, number == 5, name);
    }

    private string Name(string what)
    {
        byte[] bytes = _input.Take((int)Number(what, LongestName), what);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{file}: {what} is not UTF-8.", e);
        }
    }

    private long Number(string what, long most)
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            int part = _input.ReadByte();
            if (part < 0) throw new InvalidDataException($"{file} ends within {what}.");
            number |= (part & 0x7FL) << shift;
            if ((part & 0x80) != 0) continue;
            return number <= most ? number : throw new InvalidDataException($"{file}: {what} is {number}, at most {most} can be. Is it a file of TorchSharp's Module.save?");
        }
        throw new InvalidDataException($"{file}: {what} has more than nine bytes. Is it a file of TorchSharp's Module.save?");
    }
}
