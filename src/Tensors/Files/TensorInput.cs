using System.Runtime.InteropServices;

namespace MLPipelines.Tensors.Files;

/// <summary>The bytes of tensors in a file, a piece at a time. Half precision is widened.</summary>
internal sealed class TensorInput(Stream stream, string file)
{
    private readonly byte[] _piece = new byte[1 << 16];

    /// <summary>Bytes that are left, where that can be known.</summary>
    internal long? Left => stream.CanSeek ? stream.Length - stream.Position : null;

    /// <summary>The next byte, or -1 at the end.</summary>
    internal int ReadByte() => stream.ReadByte();

    internal void Fill(Span<byte> target, string what)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length) throw new InvalidDataException($"{file} ends within {what}.");
    }

    /// <summary>Bytes whose number the file itself states: memory grows with what is there, so that a number that is a lie costs nothing.</summary>
    internal byte[] Take(int length, string what)
    {
        using var taken = new MemoryStream();
        while (taken.Length < length)
        {
            int size = (int)Math.Min(_piece.Length, length - taken.Length);
            Fill(_piece.AsSpan(0, size), what);
            taken.Write(_piece, 0, size);
        }
        return taken.ToArray();
    }

    internal Tensor Read(in Shape shape, ElementType type, bool isHalf, string name)
    {
        Tensor tensor = Tensor.New(shape, Device.Cpu, type);
        Span<byte> target = tensor.CpuBytes;
        if (isHalf) Widen(MemoryMarshal.Cast<byte, float>(target), name);
        else Fill(target, $"tensor '{name}'");
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
}
