using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Calls a generic method for the .NET type behind a number or key type.</summary>
internal static class NumberTypes
{
    internal interface IVisitor<out TResult>
    {
        TResult Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;
    }

    internal static bool IsNumber(DataViewType type) => type is NumberDataViewType or KeyDataViewType;

    internal static TResult Dispatch<TResult>(PrimitiveDataViewType type, IVisitor<TResult> visitor)
    {
        Type raw = type.RawType;
        if (raw == typeof(float)) return visitor.Visit<float>();
        if (raw == typeof(double)) return visitor.Visit<double>();
        if (raw == typeof(int)) return visitor.Visit<int>();
        if (raw == typeof(uint)) return visitor.Visit<uint>();
        if (raw == typeof(long)) return visitor.Visit<long>();
        if (raw == typeof(ulong)) return visitor.Visit<ulong>();
        if (raw == typeof(short)) return visitor.Visit<short>();
        if (raw == typeof(ushort)) return visitor.Visit<ushort>();
        if (raw == typeof(byte)) return visitor.Visit<byte>();
        if (raw == typeof(sbyte)) return visitor.Visit<sbyte>();
        throw new NotSupportedException($"{type} is not a number.");
    }
}
