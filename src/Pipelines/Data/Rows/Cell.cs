using MLPipelines.Transforms.Image;

namespace MLPipelines.Data;

/// <summary>How values of one .NET type lie in a batch column: what to append, and what to read of a row.</summary>
internal abstract class Cell(StructuredDataViewType itemType, bool isVector)
{
    /// <summary>The type of an item; a key where the member said so.</summary>
    /// <exception cref="NotSupportedException">The values are images, which cannot be compared or converted.</exception>
    internal PrimitiveDataViewType ItemType => AnyItemType as PrimitiveDataViewType ?? throw new NotSupportedException($"Values of type {AnyItemType} are not supported.");

    /// <summary>The type of an item, or of images.</summary>
    internal StructuredDataViewType AnyItemType { get; } = itemType;

    internal bool IsVector { get; } = isVector;

    /// <summary>Whether reading can make use of the value that the target already has.</summary>
    internal virtual bool ReusesValues => false;

    /// <summary>Whether columns of a type can be read as the .NET type.</summary>
    internal bool Reads(DataViewType type) => type is StructuredDataViewType && type is VectorDataViewType == IsVector
        && RawTypes.AnyItemTypeOf(type).RawType == AnyItemType.RawType;

    internal abstract TResult Accept<TResult>(IVisitor<TResult> visitor);

    internal interface IVisitor<out TResult>
    {
        TResult Visit<T>(Cell<T> cell);
    }

    /// <summary>The cell for a .NET type; <see langword="null"/> for a type that columns cannot hold.</summary>
    /// <param name="type">The .NET type of the values.</param>
    /// <param name="owner">What the values belong to, for messages.</param>
    /// <param name="keyCount">The number of categories of a key; 0 when it is none.</param>
    internal static Cell? Create(Type type, string owner, ulong keyCount = 0)
    {
        if (type == typeof(string)) return new StringCell();
        if (type == typeof(string[])) return new StringArrayCell(owner);
        if (type == typeof(float?)) return new NullableSingleCell();
        if (type == typeof(double?)) return new NullableDoubleCell();
        if (type == typeof(MLImage)) return new ValueCell<MLImage>(new ImageDataViewType(), owner);
        bool isBuffer = type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        Type item = isBuffer ? type.GenericTypeArguments[0] : type.IsSZArray ? type.GetElementType()! : type;
        return Array.Find(ItemTypes, t => t.RawType == item) is not { } itemType ? null
            : RawTypes.Dispatch(itemType, new Factory(keyCount > 0 ? new KeyDataViewType(item, keyCount) : itemType, isBuffer, type.IsSZArray, owner));
    }

    /// <summary>The cell for objects of a type that another library defines.</summary>
    internal static Cell Create(ObjectDataViewType type, string owner) => type.Accept(new ObjectFactory(type, owner));

    private static readonly PrimitiveDataViewType[] ItemTypes =
    [
        .. NumberDataViewType.All, TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    private sealed class ObjectFactory(ObjectDataViewType type, string owner) : RawTypes.IVisitor<Cell>
    {
        public Cell Visit<T>() => new ValueCell<T>(type, owner);
    }

    private sealed class Factory(PrimitiveDataViewType itemType, bool isBuffer, bool isArray, string owner) : RawTypes.IVisitor<Cell>
    {
        public Cell Visit<T>()
        {
            if (typeof(T) == typeof(ReadOnlyMemory<char>))
                return isBuffer ? new TextBufferCell(owner) : isArray ? new TextArrayCell(owner) : new TextCell();
            return isBuffer ? new BufferCell<T>(itemType, owner) : isArray ? new ArrayCell<T>(itemType, owner) : new ValueCell<T>(itemType, owner);
        }
    }
}

/// <summary>How values of type <typeparamref name="T"/> lie in a batch column.</summary>
internal abstract class Cell<T>(StructuredDataViewType itemType, bool isVector) : Cell(itemType, isVector)
{
    /// <summary>Appends one row.</summary>
    internal abstract void Append(T value, BatchColumn column);

    /// <summary>The value of a row. It may be <paramref name="old"/> with other content, where that has the right shape.</summary>
    internal abstract T Read(BatchColumn column, int row, T? old);

    internal sealed override TResult Accept<TResult>(IVisitor<TResult> visitor) => visitor.Visit(this);
}
