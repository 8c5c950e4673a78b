using MLPipelines.Transforms.Image;

namespace MLPipelines.Data;

/// <summary>
/// Calls a generic method for the .NET type behind a column type. Every instantiation is visible to the compiler,
/// so that nothing is generated at run time and ahead-of-time compilation works.
/// </summary>
internal static class RawTypes
{
    internal interface IVisitor<out TResult>
    {
        TResult Visit<T>();
    }

    /// <summary>The item type of a vector, the type itself otherwise; not of images, which have nothing that values are compared or converted by.</summary>
    internal static PrimitiveDataViewType ItemTypeOf(DataViewType type) => AnyItemTypeOf(type) as PrimitiveDataViewType
        ?? throw new NotSupportedException($"Columns of type {type} are not supported.");

    /// <summary>The item type of a vector, the type itself otherwise.</summary>
    internal static DataViewType AnyItemTypeOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>Calls the method for the values, or the items of the vectors, of a column of any type, images and other objects included.</summary>
    internal static TResult DispatchColumn<TResult>(DataViewType type, IVisitor<TResult> visitor) => type switch
    {
        ImageDataViewType => visitor.Visit<MLImage>(),
        ObjectDataViewType objects => objects.Accept(visitor),
        _ => Dispatch(ItemTypeOf(type), visitor),
    };

    internal static TResult Dispatch<TResult>(PrimitiveDataViewType type, IVisitor<TResult> visitor)
    {
        Type raw = type.RawType;
        if (raw == typeof(float)) return visitor.Visit<float>();
        if (raw == typeof(ReadOnlyMemory<char>)) return visitor.Visit<ReadOnlyMemory<char>>();
        if (raw == typeof(uint)) return visitor.Visit<uint>();
        if (raw == typeof(bool)) return visitor.Visit<bool>();
        if (raw == typeof(double)) return visitor.Visit<double>();
        if (raw == typeof(int)) return visitor.Visit<int>();
        if (raw == typeof(long)) return visitor.Visit<long>();
        if (raw == typeof(ulong)) return visitor.Visit<ulong>();
        if (raw == typeof(short)) return visitor.Visit<short>();
        if (raw == typeof(ushort)) return visitor.Visit<ushort>();
        if (raw == typeof(byte)) return visitor.Visit<byte>();
        if (raw == typeof(sbyte)) return visitor.Visit<sbyte>();
        if (raw == typeof(DateTime)) return visitor.Visit<DateTime>();
        if (raw == typeof(DateTimeOffset)) return visitor.Visit<DateTimeOffset>();
        if (raw == typeof(TimeSpan)) return visitor.Visit<TimeSpan>();
        if (raw == typeof(DataViewRowId)) return visitor.Visit<DataViewRowId>();
        throw new NotSupportedException($"Values of type {raw} cannot be stored in a column.");
    }
}
