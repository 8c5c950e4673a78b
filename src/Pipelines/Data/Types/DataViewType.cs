namespace MLPipelines.Data;

/// <summary>The type of a column: what one of its values is and which .NET type carries it.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType;

    /// <summary>The .NET type of a value; <see cref="VBuffer{T}"/> for a vector.</summary>
    public Type RawType { get; }

    public abstract bool Equals(DataViewType? other);

    public override bool Equals(object? obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => RawType.GetHashCode();
}

/// <summary>A type whose values the library can store, convert and save.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    private protected StructuredDataViewType(Type rawType) : base(rawType) { }
}

/// <summary>A type that can be the item of a vector: numbers, text, keys, truth values and times.</summary>
public abstract class PrimitiveDataViewType : StructuredDataViewType
{
    private protected PrimitiveDataViewType(Type rawType) : base(rawType) { }

    public override bool Equals(DataViewType? other) => other is not null && other.GetType() == GetType() && other.RawType == RawType;
}

/// <summary>Text: <see cref="ReadOnlyMemory{T}"/> of UTF-16 characters. Missing text is empty.</summary>
public sealed class TextDataViewType : PrimitiveDataViewType
{
    private TextDataViewType() : base(typeof(ReadOnlyMemory<char>)) { }

    public static TextDataViewType Instance { get; } = new();

    public override string ToString() => "String";
}

/// <summary>A number of fixed size. Missing values are <c>NaN</c> in the floating-point types; integers have none.</summary>
public sealed class NumberDataViewType : PrimitiveDataViewType
{
    private readonly string _name;

    private NumberDataViewType(Type rawType) : base(rawType) => _name = rawType.Name;

    public static NumberDataViewType SByte { get; } = new(typeof(sbyte));
    public static NumberDataViewType Byte { get; } = new(typeof(byte));
    public static NumberDataViewType Int16 { get; } = new(typeof(short));
    public static NumberDataViewType UInt16 { get; } = new(typeof(ushort));
    public static NumberDataViewType Int32 { get; } = new(typeof(int));
    public static NumberDataViewType UInt32 { get; } = new(typeof(uint));
    public static NumberDataViewType Int64 { get; } = new(typeof(long));
    public static NumberDataViewType UInt64 { get; } = new(typeof(ulong));
    public static NumberDataViewType Single { get; } = new(typeof(float));
    public static NumberDataViewType Double { get; } = new(typeof(double));

    internal static IReadOnlyList<NumberDataViewType> All { get; } =
        [SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Single, Double];

    public override string ToString() => _name;
}

/// <summary>True or false.</summary>
public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType() : base(typeof(bool)) { }

    public static BooleanDataViewType Instance { get; } = new();

    public override string ToString() => "Boolean";
}

/// <summary>A date and time without a zone.</summary>
public sealed class DateTimeDataViewType : PrimitiveDataViewType
{
    private DateTimeDataViewType() : base(typeof(DateTime)) { }

    public static DateTimeDataViewType Instance { get; } = new();

    public override string ToString() => "DateTime";
}

/// <summary>A date and time with its offset from UTC.</summary>
public sealed class DateTimeOffsetDataViewType : PrimitiveDataViewType
{
    private DateTimeOffsetDataViewType() : base(typeof(DateTimeOffset)) { }

    public static DateTimeOffsetDataViewType Instance { get; } = new();

    public override string ToString() => "DateTimeOffset";
}

/// <summary>A length of time.</summary>
public sealed class TimeSpanDataViewType : PrimitiveDataViewType
{
    private TimeSpanDataViewType() : base(typeof(TimeSpan)) { }

    public static TimeSpanDataViewType Instance { get; } = new();

    public override string ToString() => "TimeSpan";
}

/// <summary>The identity of a row: a 128-bit number that follows the row through filters and shuffles.</summary>
public sealed class RowIdDataViewType : PrimitiveDataViewType
{
    private RowIdDataViewType() : base(typeof(DataViewRowId)) { }

    public static RowIdDataViewType Instance { get; } = new();

    public override string ToString() => "DataViewRowId";
}
