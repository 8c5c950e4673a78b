using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads a payload from its start to its end, little-endian. Nothing beyond its end is read, and no count is believed before the items are there.</summary>
/// <param name="component">Whose payload it is.</param>
/// <param name="bytes">The payload.</param>
internal sealed class Payload(Component component, ReadOnlyMemory<byte> bytes)
{
    private int _at;

    internal uint Version => component.Version;

    /// <summary>How many bytes are left.</summary>
    internal int Left => bytes.Length - _at;

    internal byte Byte() => Take(1)[0];

    internal bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw component.Invalid($"a truth value is {other}, expected 0 or 1"),
    };

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    internal double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A whole number from a range.</summary>
    internal int Int32(int least, int most, string what)
    {
        int value = Int32();
        return value >= least && value <= most ? value : throw component.Invalid($"{what} is {value}, expected {least} to {most}");
    }

    /// <summary>How many items follow, each of so many bytes at least.</summary>
    internal int Count(int bytesPerItem = 1, int least = 0)
    {
        int count = Int32();
        return count >= least && (long)count * bytesPerItem <= Left ? count : throw component.Invalid($"it states {count} items of {bytesPerItem} bytes where {Left} bytes are left");
    }

    /// <summary>Items one after the other.</summary>
    internal T[] Array<T>(int count) where T : unmanaged => Span<T>(count).ToArray();

    /// <summary>Items one after the other, where they are.</summary>
    internal ReadOnlySpan<T> Span<T>(int count) where T : unmanaged
    {
        long length = (long)count * Unsafe.SizeOf<T>();
        if (count < 0 || length > Left) throw component.Invalid($"it states {count} items of {Unsafe.SizeOf<T>()} bytes where {Left} bytes are left");
        return MemoryMarshal.Cast<byte, T>(Take((int)length));
    }

    /// <summary>Items after their number.</summary>
    internal T[] Array<T>() where T : unmanaged => Array<T>(Int32());

    internal bool[] Bools(int count)
    {
        bool[] values = new bool[Math.Min(count, Left)];
        if (values.Length != count) throw component.Invalid($"it states {count} truth values where {Left} bytes are left");
        for (int i = 0; i < count; i++) values[i] = Bool();
        return values;
    }

    /// <summary>Numbers that must all be finite.</summary>
    internal float[] Finite(int count) => FiniteSpan(count).ToArray();

    /// <summary>Numbers that must all be finite, where they are.</summary>
    internal ReadOnlySpan<float> FiniteSpan(int count)
    {
        ReadOnlySpan<float> values = Span<float>(count);
        return LinearWeights.AreFinite(values) ? values : throw component.Invalid("not all of its numbers are finite");
    }

    /// <summary>UTF-16 characters after their number.</summary>
    internal char[] Chars() => System.Array.ConvertAll(Array<ushort>(), c => (char)c);

    /// <summary>A string of the component's table, or none.</summary>
    internal string? TextOrNull() => StringIndex() is >= 0 and var index ? component.StringAt(index) : null;

    /// <summary>A string of at least one character, as a part of all strings of the component: many cost no memory of their own.</summary>
    internal ReadOnlyMemory<char> Term() =>
        StringIndex() is >= 0 and var index && component.TextAt(index) is { Length: > 0 } term ? term : throw component.Invalid("a value is empty");

    private int StringIndex()
    {
        int index = Int32();
        return index >= -1 && index < component.StringCount ? index : throw component.Invalid($"it refers to string {index} of {component.StringCount}");
    }

    internal string Text() => TextOrNull() ?? throw component.Invalid("a string is missing");

    /// <summary>A name: a string of at least one character.</summary>
    internal string Name() => TextOrNull() is { Length: > 0 } name ? name : throw component.Invalid("a name is empty");

    /// <summary>A string within the payload: its length in bytes in groups of 7 bits, and UTF-8.</summary>
    internal string Utf8()
    {
        uint length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Byte();
            length |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) break;
            if (shift == 28) throw component.Invalid("the length of a string is no number");
        }
        return length <= (uint)Left ? Encoding.UTF8.GetString(Take((int)length)) : throw component.Invalid($"a string of {length} bytes where {Left} are left");
    }

    /// <summary>Pairs of names: output column, input column.</summary>
    internal InputOutputColumnPair[] Pairs()
    {
        var pairs = new InputOutputColumnPair[Count(8, least: 1)];
        for (int i = 0; i < pairs.Length; i++)
        {
            string output = Name();
            pairs[i] = new InputOutputColumnPair(output, Name());
        }
        return pairs;
    }

    /// <summary>The four bytes that old layouts put first: how many bytes a number has.</summary>
    internal void SizeOfSingle()
    {
        int size = Int32();
        if (size != sizeof(float)) throw component.Invalid($"its numbers have {size} bytes, expected {sizeof(float)}");
    }

    /// <summary>Reads with what binary data files use, at the place where this is; goes on after it.</summary>
    internal TResult Binary<TResult>(Func<BinaryReader, TResult> read)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> all)) throw new InvalidOperationException("The payload is in no array.");
        using var stream = new MemoryStream(all.Array!, all.Offset + _at, Left, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            TResult result = read(reader);
            _at += (int)stream.Position;
            return result;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            throw component.Invalid($"found {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The type of a column.</summary>
    internal DataViewType Type() => Binary(reader => BinaryFormat.ReadType(reader).Type);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw component.Invalid($"its payload ends {count - Left} bytes too early");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(_at, count);
        _at += count;
        return taken;
    }
}
