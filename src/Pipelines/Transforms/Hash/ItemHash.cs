using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>
/// Hashes single values with MurmurHash3, as ML.NET does: numbers of up to 32 bits as one block of four bytes, longer ones as two;
/// text as UTF-8 without the spaces around it.
/// </summary>
internal static class ItemHash
{
    /// <summary>How many bytes a value counts for.</summary>
    internal static int SizeOf<T>() => typeof(T) == typeof(double) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) ? 8
        : typeof(T) == typeof(DataViewRowId) ? 16 : 4;

    /// <summary>Whether a value is missing; a missing value has no hash.</summary>
    internal static bool IsMissing<T>(T value, bool isKey)
    {
        // The comparisons of types are settled when the method is compiled: nothing is boxed.
        if (typeof(T) == typeof(float)) return float.IsNaN((float)(object)value!);
        if (typeof(T) == typeof(double)) return double.IsNaN((double)(object)value!);
        return isKey && EqualityComparer<T>.Default.Equals(value, default);
    }

    /// <summary>Takes a value into a hash.</summary>
    internal static uint Add<T>(uint hash, T value)
    {
        // 0 and -0 are the same number.
        if (typeof(T) == typeof(float)) return MurmurHash.Round(hash, BitConverter.SingleToUInt32Bits((float)(object)value! + 0f));
        if (typeof(T) == typeof(double)) return AddLong(hash, BitConverter.DoubleToUInt64Bits((double)(object)value! + 0d));
        if (typeof(T) == typeof(long)) return AddLong(hash, (ulong)(long)(object)value!);
        if (typeof(T) == typeof(ulong)) return AddLong(hash, (ulong)(object)value!);
        // Of a row's identity only the lowest 32 bits count.
        if (typeof(T) == typeof(DataViewRowId)) return MurmurHash.Round(hash, (uint)((DataViewRowId)(object)value!).Low);
        return MurmurHash.Round(hash, BitsOf(value));
    }

    private static uint AddLong(uint hash, ulong value) => MurmurHash.Round(MurmurHash.Round(hash, (uint)value), (uint)(value >> 32));

    private static uint BitsOf<T>(T value)
    {
        if (typeof(T) == typeof(uint)) return (uint)(object)value!;
        if (typeof(T) == typeof(int)) return (uint)(int)(object)value!;
        if (typeof(T) == typeof(bool)) return (bool)(object)value! ? 1u : 0;
        if (typeof(T) == typeof(byte)) return (byte)(object)value!;
        if (typeof(T) == typeof(sbyte)) return (uint)(sbyte)(object)value!;
        if (typeof(T) == typeof(short)) return (uint)(short)(object)value!;
        if (typeof(T) == typeof(ushort)) return (ushort)(object)value!;
        throw new NotSupportedException($"Values of type {typeof(T)} have no hash.");
    }
}
