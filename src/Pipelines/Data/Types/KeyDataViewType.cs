namespace MLPipelines.Data;

/// <summary>
/// A category out of a known number of them: 0 stands for a missing one, 1 … <see cref="Count"/> for the categories.
/// What each of them means is kept in the column's <c>KeyValues</c> annotation.
/// </summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    /// <param name="rawType"><see cref="byte"/>, <see cref="ushort"/>, <see cref="uint"/> or <see cref="ulong"/>.</param>
    /// <param name="count">How many categories there are; at least 1.</param>
    public KeyDataViewType(Type rawType, ulong count) : base(rawType)
    {
        if (!IsValidDataType(rawType))
            throw new ArgumentException($"A key is carried by byte, ushort, uint or ulong; found {rawType}.", nameof(rawType));
        ArgumentOutOfRangeException.ThrowIfZero(count);
        Count = count;
    }

    public KeyDataViewType(Type rawType, int count) : this(rawType, checked((ulong)count)) { }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) =>
        type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    public override bool Equals(DataViewType? other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}
