using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MLPipelines.Persistence;

/// <summary>
/// NumPy's <c>.npy</c> format, version 1.0: magic, header length, a Python dictionary in ASCII padded to 64 bytes, and the values,
/// row-major and little-endian. (NumPy enhancement proposal 1.)
/// </summary>
internal static class NumpyFormat
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    internal static byte[] Write<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape) where T : unmanaged
    {
        long count = 1;
        foreach (int size in shape) count *= size;
        if (count != values.Length)
            throw new ArgumentException($"A shape of {count} items was given for {values.Length} values.", nameof(shape));
        string sizes = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{DescriptorOf<T>()}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (Magic.Length + 2 + header.Length + 1 + 63) / 64 * 64 - Magic.Length - 2;
        byte[] bytes = new byte[Magic.Length + 2 + length + MemoryMarshal.AsBytes(values).Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length), (ushort)length);
        Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n", bytes.AsSpan(Magic.Length + 2));
        MemoryMarshal.AsBytes(values).CopyTo(bytes.AsSpan(Magic.Length + 2 + length));
        return bytes;
    }

    /// <exception cref="FormatException">The bytes are not such a file, or of another type or shape than expected (-1: any size).</exception>
    internal static T[] Read<T>(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> expectedShape) where T : unmanaged
    {
        if (bytes.Length < Magic.Length + 2 || !bytes.StartsWith(Magic)) throw new FormatException("it is not a NumPy 1.0 array");
        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[Magic.Length..]);
        ReadOnlySpan<byte> body = bytes[(Magic.Length + 2)..];
        if (body.Length < headerLength) throw new FormatException("its header is cut off");
        string header = Encoding.ASCII.GetString(body[..headerLength]);
        body = body[headerLength..];

        string descriptor = Field(header, "'descr': '", '\'');
        if (descriptor != DescriptorOf<T>()) throw new FormatException($"it holds '{descriptor}' values, expected '{DescriptorOf<T>()}'");
        if (!header.Contains("'fortran_order': False", StringComparison.Ordinal)) throw new FormatException("it is in Fortran order, expected C order");
        string[] sizes = Field(header, "'shape': (", ')').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        long count = 1;
        bool fits = sizes.Length == expectedShape.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out int size)) throw new FormatException("its shape cannot be read");
            fits = fits && (expectedShape[i] < 0 || expectedShape[i] == size);
            count *= size;
            if (count > Array.MaxLength) throw new FormatException("its shape is too large");
        }
        if (!fits)
        {
            string expected = string.Join(" × ", expectedShape.ToArray().Select(size => size < 0 ? "any" : size.ToString(CultureInfo.InvariantCulture)));
            throw new FormatException($"its shape is {string.Join(" × ", sizes)}, expected {expected}");
        }
        if (body.Length != count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())
            throw new FormatException($"it has {body.Length} bytes of values, which is not what its shape needs");
        if (typeof(T) == typeof(bool) && body.ContainsAnyExceptInRange((byte)0, (byte)1)) throw new FormatException("it has truth values other than 0 and 1");
        return MemoryMarshal.Cast<byte, T>(body).ToArray();
    }

    private static string Field(string header, string start, char end)
    {
        int from = header.IndexOf(start, StringComparison.Ordinal);
        int to = from < 0 ? -1 : header.IndexOf(end, from + start.Length);
        return to < 0 ? throw new FormatException("its header cannot be read") : header[(from + start.Length)..to];
    }

    private static string DescriptorOf<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return "<f4";
        if (typeof(T) == typeof(double)) return "<f8";
        if (typeof(T) == typeof(Half)) return "<f2";
        if (typeof(T) == typeof(int)) return "<i4";
        if (typeof(T) == typeof(uint)) return "<u4";
        if (typeof(T) == typeof(long)) return "<i8";
        if (typeof(T) == typeof(ulong)) return "<u8";
        if (typeof(T) == typeof(short)) return "<i2";
        if (typeof(T) == typeof(ushort)) return "<u2";
        if (typeof(T) == typeof(byte)) return "|u1";
        if (typeof(T) == typeof(sbyte)) return "|i1";
        if (typeof(T) == typeof(bool)) return "|b1";
        throw new NotSupportedException($"Arrays of {typeof(T)} cannot be saved.");
    }
}
