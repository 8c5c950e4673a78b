namespace MLPipelines.Data;

/// <summary>Says how long the vector of an array or <see cref="VBuffer{T}"/> member is. Without sizes, or with a 0, rows may differ.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    private readonly int[] _dimensions;

    public VectorTypeAttribute() => _dimensions = [0];

    /// <param name="size">The number of items; 0 when rows differ.</param>
    public VectorTypeAttribute(int size) : this([size]) { }

    /// <param name="dimensions">The size along each dimension; a 0 anywhere lets rows differ.</param>
    public VectorTypeAttribute(params int[] dimensions)
    {
        foreach (int size in dimensions) ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(dimensions));
        _dimensions = dimensions is [] ? [0] : dimensions;
    }

    /// <summary>The size along each dimension.</summary>
    public IReadOnlyList<int> Dimensions => _dimensions;
}
