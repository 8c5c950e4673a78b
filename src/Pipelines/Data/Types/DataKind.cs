namespace MLPipelines.Data;

/// <summary>The kinds of values that can be loaded, and that conversions can be asked for.</summary>
public enum DataKind : byte
{
    /// <summary>8-bit signed integer.</summary>
    SByte = 1,

    /// <summary>8-bit unsigned integer.</summary>
    Byte = 2,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 5,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 8,

    /// <summary>32-bit floating point.</summary>
    Single = 9,

    /// <summary>64-bit floating point.</summary>
    Double = 10,

    /// <summary>Text.</summary>
    String = 11,

    /// <summary>True or false.</summary>
    Boolean = 12,

    /// <summary>A length of time.</summary>
    TimeSpan = 13,

    /// <summary>A date and time.</summary>
    DateTime = 14,

    /// <summary>A date and time with its offset from UTC.</summary>
    DateTimeOffset = 15,
}

/// <summary>The column type and the .NET type of each <see cref="DataKind"/>.</summary>
internal static class DataKinds
{
    private static readonly (DataKind Kind, PrimitiveDataViewType Type)[] All =
    [
        (DataKind.SByte, NumberDataViewType.SByte), (DataKind.Byte, NumberDataViewType.Byte),
        (DataKind.Int16, NumberDataViewType.Int16), (DataKind.UInt16, NumberDataViewType.UInt16),
        (DataKind.Int32, NumberDataViewType.Int32), (DataKind.UInt32, NumberDataViewType.UInt32),
        (DataKind.Int64, NumberDataViewType.Int64), (DataKind.UInt64, NumberDataViewType.UInt64),
        (DataKind.Single, NumberDataViewType.Single), (DataKind.Double, NumberDataViewType.Double),
        (DataKind.String, TextDataViewType.Instance), (DataKind.Boolean, BooleanDataViewType.Instance),
        (DataKind.TimeSpan, TimeSpanDataViewType.Instance), (DataKind.DateTime, DateTimeDataViewType.Instance),
        (DataKind.DateTimeOffset, DateTimeOffsetDataViewType.Instance),
    ];

    /// <exception cref="ArgumentOutOfRangeException">The value is none of the kinds.</exception>
    internal static PrimitiveDataViewType ToType(this DataKind kind) => Array.Find(All, pair => pair.Kind == kind).Type
        ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{kind} is not a {nameof(DataKind)}.");

    /// <summary>The kind that a member of a .NET type is loaded as; text for strings.</summary>
    internal static DataKind? OfMember(Type type)
    {
        Type raw = type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type;
        foreach (var (kind, columnType) in All)
            if (columnType.RawType == raw) return kind;
        return null;
    }
}
