using System.Collections.Immutable;

namespace MLPipelines.Data;

/// <summary>
/// The layout of ML.NET's binary files (<c>.idv</c>), little-endian: a header of 256 bytes; blocks, each with some rows of one column,
/// deflated; per column a list of where its blocks are; annotations and where these are; the table of columns; a closing signature.
/// Strings are UTF-8 after their length in bytes, which like other small numbers is in groups of 7 bits.
/// </summary>
internal static class BinaryFormat
{
    internal const int HeaderSize = 256;
    internal const ulong Signature = 0x00425644004C4D43, EndSignature = 0x434D4C0044564200;

    /// <summary>The version that is written. Versions from <see cref="OldestVersion"/> on are read: those before had no annotations.</summary>
    internal const ulong Version = 0x0001_0001_0001_0006, OldestVersion = 0x0001_0001_0001_0004;

    internal const byte Plain = 0, Deflated = 1;

    private const string Vector = "VBuffer", Key = "Key2", OldKey = "Key", OldBoolean = "DvBool";

    private static readonly (string Name, PrimitiveDataViewType Type)[] Names =
    [
        .. NumberDataViewType.All.Select(type => (type.RawType.Name, (PrimitiveDataViewType)type)),
        ("TextSpan", TextDataViewType.Instance), ("Boolean", BooleanDataViewType.Instance), ("TimeSpan", TimeSpanDataViewType.Instance),
        ("DateTime", DateTimeDataViewType.Instance), ("DateTimeOffset", DateTimeOffsetDataViewType.Instance), ("DataViewRowId", RowIdDataViewType.Instance),
        // As they were called before version 6.
        ("DvTimeSpan", TimeSpanDataViewType.Instance), ("DvDateTime", DateTimeDataViewType.Instance), ("DvDateTimeZone", DateTimeOffsetDataViewType.Instance),
    ];

    /// <summary>Describes a type: its name and, after the length of these in bytes, what it depends on.</summary>
    internal static void WriteType(BinaryWriter writer, DataViewType type)
    {
        using var inner = new MemoryStream();
        using var details = new BinaryWriter(inner);
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                WriteType(details, vector.ItemType);
                details.Write(vector.Dimensions.Length);
                foreach (int size in vector.Dimensions) details.Write(size);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                WriteType(details, NumberDataViewType.All.First(number => number.RawType == key.RawType));
                details.Write(key.Count);
                break;
            default:
                writer.Write(Array.Find(Names, pair => pair.Type.Equals(type)).Name ?? throw new NotSupportedException($"Values of type {type} cannot be saved."));
                break;
        }
        details.Flush();
        writer.Write7BitEncodedInt((int)inner.Length);
        writer.Write(inner.GetBuffer().AsSpan(0, (int)inner.Length));
    }

    /// <summary>A type, and whether its truth values take two bits each, as they did before version 6.</summary>
    /// <exception cref="InvalidDataException">The type is not known.</exception>
    internal static (DataViewType Type, bool HasWideBooleans) ReadType(BinaryReader reader) => ReadType(reader, isInner: false);

    private static (DataViewType Type, bool HasWideBooleans) ReadType(BinaryReader reader, bool isInner)
    {
        string name = reader.ReadString();
        reader.Read7BitEncodedInt();
        switch (name)
        {
            // Vectors have no vectors within; a damaged file must not exhaust the stack.
            case Vector when isInner: throw new InvalidDataException("a vector within another type");
            case Vector:
                var (item, wide) = ReadKeyOrPrimitive(reader);
                int rank = reader.ReadInt32();
                if (rank is < 0 or > 64 || item is not PrimitiveDataViewType primitive) throw new InvalidDataException("a vector of an impossible shape");
                var sizes = ImmutableArray.CreateBuilder<int>();
                for (int i = 0; i < rank; i++) sizes.Add(reader.ReadInt32());
                return (new VectorDataViewType(primitive, rank == 0 ? [0] : sizes.ToImmutable()), wide);
            case Key:
                return (new KeyDataViewType(ReadPrimitive(reader).RawType, reader.ReadUInt64()), false);
            case OldKey:
                Type carrier = ReadPrimitive(reader).RawType;
                bool isContiguous = reader.ReadBoolean();
                ulong least = reader.ReadUInt64();
                int count = reader.ReadInt32();
                if (!isContiguous || least != 0 || count < 0) throw new InvalidDataException("keys that do not start at 0, or of unknown number, which are no longer supported");
                return (count > 0 ? new KeyDataViewType(carrier, count) : new KeyCount().ToKeyType(NumberDataViewType.All.First(number => number.RawType == carrier)), false);
            case OldBoolean:
                return (BooleanDataViewType.Instance, true);
            default:
                return (Array.Find(Names, pair => pair.Name == name).Type ?? throw new InvalidDataException($"values of type '{name}', which is not known"), false);
        }
    }

    private static (DataViewType Type, bool HasWideBooleans) ReadKeyOrPrimitive(BinaryReader reader) => ReadType(reader, isInner: true);

    private static PrimitiveDataViewType ReadPrimitive(BinaryReader reader)
    {
        string name = reader.ReadString();
        reader.Read7BitEncodedInt();
        return Array.Find(Names, pair => pair.Name == name).Type ?? throw new InvalidDataException($"values of type '{name}', which cannot carry keys");
    }
}
