using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>
/// Hashes numbers with the rounds of MurmurHash3, as ML.NET's samples state it: one of up to 32 bits is one block, and of a longer one
/// the upper blocks take part when they are not zero.
/// </summary>
internal static class ItemHash
{
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
        if (typeof(T) == typeof(DataViewRowId))
        {
            var id = (DataViewRowId)(object)value!;
            hash = AddLong(hash, id.Low);
            return id.High == 0 ? hash : AddLong(hash, id.High);
        }
        return MurmurHash.Round(hash, BitsOf(value));
    }

    /// <summary>Takes a value into a hash with all its blocks.</summary>
    internal static uint AddWhole<T>(uint hash, T value)
    {
        if (typeof(T) == typeof(double)) return AddBlocks(hash, BitConverter.DoubleToUInt64Bits((double)(object)value! + 0d));
        if (typeof(T) == typeof(long)) return AddBlocks(hash, (ulong)(long)(object)value!);
        if (typeof(T) == typeof(ulong)) return AddBlocks(hash, (ulong)(object)value!);
        if (typeof(T) != typeof(DataViewRowId)) return Add(hash, value);
        var id = (DataViewRowId)(object)value!;
        return AddBlocks(AddBlocks(hash, id.Low), id.High);
    }

    /// <summary>How many bytes the blocks of a value have.</summary>
    internal static int BytesOf<T>() => typeof(T) == typeof(DataViewRowId) ? 16 : typeof(T) == typeof(double) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) ? 8 : 4;

    private static uint AddBlocks(uint hash, ulong value) => MurmurHash.Round(MurmurHash.Round(hash, (uint)value), (uint)(value >> 32));

    private static uint AddLong(uint hash, ulong value)
    {
        hash = MurmurHash.Round(hash, (uint)value);
        return value >> 32 == 0 ? hash : MurmurHash.Round(hash, (uint)(value >> 32));
    }

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
