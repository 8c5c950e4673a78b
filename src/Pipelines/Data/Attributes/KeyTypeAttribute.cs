namespace MLPipelines.Data;

/// <summary>
/// Makes a <see cref="byte"/>, <see cref="ushort"/>, <see cref="uint"/> or <see cref="ulong"/> member (or a vector of these) a
/// key: 0 for a missing category, 1 … <see cref="Count"/> for the categories.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    /// <param name="count">How many categories there are; at least 1.</param>
    public KeyTypeAttribute(ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(count);
        Count = count;
    }

    /// <summary>How many categories there are.</summary>
    public ulong Count { get; }
}
