using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Calls a generic method for the unsigned integer that carries a key.</summary>
internal static class KeyCarriers
{
    internal interface IVisitor<out TResult>
    {
        TResult Visit<TKey>() where TKey : unmanaged, IBinaryInteger<TKey>;
    }

    internal static TResult Dispatch<TResult>(KeyDataViewType key, IVisitor<TResult> visitor)
    {
        if (key.RawType == typeof(uint)) return visitor.Visit<uint>();
        if (key.RawType == typeof(byte)) return visitor.Visit<byte>();
        return key.RawType == typeof(ushort) ? visitor.Visit<ushort>() : visitor.Visit<ulong>();
    }
}
