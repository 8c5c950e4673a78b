namespace MLPipelines.Data;

/// <summary>How many categories a key column has.</summary>
public sealed class KeyCount
{
    /// <summary>As many as the type that carries the key can tell apart.</summary>
    public KeyCount() { }

    /// <param name="count">The number of categories; at least 1.</param>
    public KeyCount(ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(count);
        Count = count;
    }

    /// <summary>The number of categories; <see langword="null"/> for the most that the carrying type allows.</summary>
    public ulong? Count;

    internal KeyDataViewType ToKeyType(PrimitiveDataViewType carrier)
    {
        Type raw = carrier.RawType;
        if (!KeyDataViewType.IsValidDataType(raw))
            throw new ArgumentException($"A key is carried by Byte, UInt16, UInt32 or UInt64; found {carrier}.");
        ulong most = raw == typeof(byte) ? byte.MaxValue : raw == typeof(ushort) ? ushort.MaxValue : raw == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
        return new KeyDataViewType(raw, Math.Min(Count ?? most, most));
    }
}
