using System.Collections.Immutable;

namespace MLPipelines.Data;

/// <summary>
/// A vector of items of one primitive type. <see cref="Size"/> is the number of items, or 0 when rows differ in length.
/// </summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    /// <param name="itemType">The type of every item.</param>
    /// <param name="size">The number of items; 0 when it differs from row to row.</param>
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, ImmutableArray.Create(size)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions) : this(itemType, ImmutableArray.Create(dimensions)) { }

    /// <param name="itemType">The type of every item.</param>
    /// <param name="dimensions">The sizes along each dimension; a 0 anywhere makes the size vary.</param>
    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(RawTypes.Dispatch(itemType, VectorRawType.Instance))
    {
        if (dimensions.IsDefaultOrEmpty || dimensions.Any(d => d < 0))
            throw new ArgumentOutOfRangeException(nameof(dimensions), "A vector has at least one dimension, and none is negative.");
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, d) => checked(product * d));
    }

    public PrimitiveDataViewType ItemType { get; }

    public ImmutableArray<int> Dimensions { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType? other) =>
        other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override int GetHashCode() => HashCode.Combine(ItemType, Size);

    public override string ToString() =>
        IsKnownSize ? $"Vector<{ItemType}, {string.Join(", ", Dimensions)}>" : $"Vector<{ItemType}>";

    private sealed class VectorRawType : RawTypes.IVisitor<Type>
    {
        public static readonly VectorRawType Instance = new();

        public Type Visit<T>() => typeof(VBuffer<T>);
    }
}
