using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Onnx;

/// <summary>Maps that an ONNX model gives, such as the probability of each class: <see cref="IDictionary{TKey, TValue}"/>.</summary>
public sealed class OnnxMapType : ObjectDataViewType
{
    private readonly OnnxObjectKind _kind;

    /// <param name="keyType"><see cref="string"/> or <see cref="long"/>.</param>
    /// <param name="valueType"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="string"/>.</param>
    /// <exception cref="NotSupportedException">No model gives such maps.</exception>
    public OnnxMapType(Type keyType, Type valueType) : this(OnnxObjectKind.OfMap(keyType, valueType)) { }

    private OnnxMapType(OnnxObjectKind kind) : base(kind.RawType) => _kind = kind;

    public override bool Equals(DataViewType? other) => other is OnnxMapType map && map.RawType == RawType;

    public override int GetHashCode() => RawType.GetHashCode();

    public override string ToString() => $"OnnxMap<{string.Join(", ", RawType.GenericTypeArguments.Select(DotNetNames.Of))}>";

    internal override TResult Accept<TResult>(RawTypes.IVisitor<TResult> visitor) => _kind.Accept(visitor);
}

/// <summary>Says which maps a member of type <see cref="IDictionary{TKey, TValue}"/> holds.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "As in the API that is kept.")]
public sealed class OnnxMapTypeAttribute : DataViewTypeAttribute
{
    /// <param name="keyType"><see cref="string"/> or <see cref="long"/>.</param>
    /// <param name="valueType"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="string"/>.</param>
    public OnnxMapTypeAttribute(Type keyType, Type valueType) => ColumnType = new OnnxMapType(keyType, valueType);

    internal override ObjectDataViewType ColumnType { get; }
}
