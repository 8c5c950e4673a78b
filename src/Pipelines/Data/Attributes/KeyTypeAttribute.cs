namespace MLPipelines.Data;

/// <summary>
/// Makes a <see cref="byte"/>, <see cref="ushort"/>, <see cref="uint"/> or <see cref="ulong"/> member (or a vector of these) a
/// key of <see cref="Count"/> categories.
/// </summary>
/// <remarks>
/// As in ML.NET, numbers of objects that become rows count from 0: 0 … <see cref="Count"/> − 1, and the largest number of the type stands for a missing
/// category. Objects that are made of rows, and vectors on both ways, have the key itself: 1 … <see cref="Count"/>, 0 for missing.
/// </remarks>
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
