using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>How a run of rows of one column lies in a block of a binary file.</summary>
internal abstract class BlockCodec
{
    internal abstract void Write(BatchColumn column, BinaryWriter writer);

    /// <summary>Appends so many rows to a column.</summary>
    /// <exception cref="InvalidDataException">The block does not hold them.</exception>
    internal abstract void Read(BinaryReader reader, int rows, BatchColumn column);

    internal static BlockCodec Create(DataViewType type, bool hasWideBooleans = false) =>
        RawTypes.Dispatch(RawTypes.ItemTypeOf(type), new Factory(type, hasWideBooleans));

    private sealed class Factory(DataViewType type, bool hasWideBooleans) : RawTypes.IVisitor<BlockCodec>
    {
        public BlockCodec Visit<T>()
        {
            bool isVector = type is VectorDataViewType;
            if (typeof(T) == typeof(ReadOnlyMemory<char>)) return isVector ? new TextVectorBlocks() : new TextBlocks();
            return isVector ? new VectorBlocks<T>(hasWideBooleans) : new ValueBlocks<T>(hasWideBooleans);
        }
    }
}

/// <summary>One value per row.</summary>
internal sealed class ValueBlocks<T>(bool hasWideBooleans) : BlockCodec
{
    internal override void Write(BatchColumn column, BinaryWriter writer) => BlockItems.Write(((ValueColumn<T>)column).Values, writer);

    internal override void Read(BinaryReader reader, int rows, BatchColumn column)
    {
        foreach (T value in BlockItems.Read<T>(reader, rows, hasWideBooleans)) ((ValueColumn<T>)column).Append(value);
    }
}

/// <summary>One text per row: where each ends, then the characters of all.</summary>
internal sealed class TextBlocks : BlockCodec
{
    internal override void Write(BatchColumn column, BinaryWriter writer) => Write((TextColumn)column, writer);

    internal override void Read(BinaryReader reader, int rows, BatchColumn column) => Read(reader, rows, ((TextColumn)column).Append);

    internal static void Write(TextColumn texts, BinaryWriter writer)
    {
        writer.Write(texts.RowCount);
        char[] all = new char[texts.CharacterCount];
        int end = 0;
        for (int row = 0; row < texts.RowCount; row++)
        {
            texts[row].CopyTo(all.AsSpan(end));
            end += texts[row].Length;
            writer.Write(end);
        }
        writer.Write(new string(all));
    }

    internal static void Read(BinaryReader reader, int count, Action<ReadOnlySpan<char>> append)
    {
        // The highest bit of an end marks a missing text in files before version 6.
        const int PlaceBits = int.MaxValue;
        if (reader.ReadInt32() != count) throw new InvalidDataException("another number of texts than expected");
        int[] ends = BlockItems.Read<int>(reader, count);
        string all = reader.ReadString();
        int start = 0;
        foreach (int marked in ends)
        {
            int end = marked & PlaceBits;
            if (end < start || end > all.Length) throw new InvalidDataException("a text that ends outside of the block");
            append(marked < 0 ? default : all.AsSpan(start, end - start));
            start = end;
        }
    }
}

/// <summary>The items of a block, and the shapes of its vectors, as they stand one after the other.</summary>
internal static class BlockItems
{
    internal static void Write<T>(ReadOnlySpan<T> values, BinaryWriter writer)
    {
        if (typeof(T) == typeof(bool))
        {
            for (int start = 0; start < values.Length; start += 8)
            {
                int bits = 0;
                for (int i = start; i < Math.Min(start + 8, values.Length); i++)
                    if ((bool)(object)values[i]!) bits |= 1 << (i - start);
                writer.Write((byte)bits);
            }
        }
        else if (typeof(T) == typeof(DateTime))
        {
            foreach (T value in values) writer.Write(((DateTime)(object)value!).Ticks);
        }
        else if (typeof(T) == typeof(DateTimeOffset))
        {
            foreach (T value in values) writer.Write((short)((DateTimeOffset)(object)value!).Offset.TotalMinutes);
            foreach (T value in values) writer.Write(((DateTimeOffset)(object)value!).Ticks);
        }
        else
        {
            writer.Write(BytesOf(values));
        }
    }

    internal static T[] Read<T>(BinaryReader reader, int count, bool hasWideBooleans = false)
    {
        if (typeof(T) == typeof(bool)) return (T[])(object)(hasWideBooleans ? ReadWideBooleans(reader, count) : ReadBooleans(reader, count));
        if (typeof(T) == typeof(DateTime))
            return (T[])(object)Array.ConvertAll(Read<long>(reader, count), ticks => ticks == long.MinValue ? default : new DateTime(ticks));
        if (typeof(T) == typeof(DateTimeOffset))
        {
            short[] offsets = Read<short>(reader, count);
            long[] ticks = Read<long>(reader, count);
            var times = new DateTimeOffset[count];
            for (int i = 0; i < count; i++)
                times[i] = new DateTimeOffset(ticks[i] == long.MinValue ? 0 : ticks[i], TimeSpan.FromMinutes(offsets[i] == short.MinValue ? 0 : offsets[i]));
            return (T[])(object)times;
        }
        CheckRoom(reader, count, Unsafe.SizeOf<T>());
        T[] values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(values)), count * Unsafe.SizeOf<T>()));
        return values;
    }

    private static bool[] ReadBooleans(BinaryReader reader, int count)
    {
        CheckRoom(reader, (count + 7) / 8, sizeof(byte));
        bool[] values = new bool[count];
        int bits = 0;
        for (int i = 0; i < count; i++)
        {
            bits = i % 8 == 0 ? reader.ReadByte() : bits >> 1;
            values[i] = (bits & 1) != 0;
        }
        return values;
    }

    /// <summary>Two bits each in words of 32: 0 for false, 1 for true, 2 for a missing value, which is false here.</summary>
    private static bool[] ReadWideBooleans(BinaryReader reader, int count)
    {
        CheckRoom(reader, (count + 15) / 16, sizeof(int));
        bool[] values = new bool[count];
        uint bits = 0;
        for (int i = 0; i < count; i++)
        {
            bits = i % 16 == 0 ? reader.ReadUInt32() : bits >> 2;
            values[i] = (bits & 3) == 1;
        }
        return values;
    }

    private static ReadOnlySpan<byte> BytesOf<T>(ReadOnlySpan<T> values) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), checked(values.Length * Unsafe.SizeOf<T>()));

    /// <summary>A number out of a damaged file must not take all memory.</summary>
    internal static void CheckRoom(BinaryReader reader, int count, int size)
    {
        if (count < 0 || (long)count * size > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new InvalidDataException($"{count} items, for which there is no room");
    }
}
