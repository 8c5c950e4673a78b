using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Onnx;

/// <summary>Sequences that an ONNX model gives: <see cref="IEnumerable{T}"/> of maps or of <see cref="VBuffer{T}"/>.</summary>
public sealed class OnnxSequenceType : ObjectDataViewType
{
    private readonly OnnxObjectKind _kind;

    /// <param name="elementType">Such as <c>IDictionary&lt;string, float&gt;</c> or <c>VBuffer&lt;float&gt;</c>.</param>
    /// <exception cref="NotSupportedException">No model gives such sequences.</exception>
    public OnnxSequenceType(Type elementType) : this(OnnxObjectKind.OfSequence(elementType)) { }

    private OnnxSequenceType(OnnxObjectKind kind) : base(kind.RawType) => _kind = kind;

    public override bool Equals(DataViewType? other) => other is OnnxSequenceType sequence && sequence.RawType == RawType;

    public override int GetHashCode() => RawType.GetHashCode();

    public override string ToString() => $"OnnxSequence<{DotNetNames.Of(RawType.GenericTypeArguments[0])}>";

    internal override TResult Accept<TResult>(RawTypes.IVisitor<TResult> visitor) => _kind.Accept(visitor);
}

/// <summary>Says what a member of type <see cref="IEnumerable{T}"/> holds a sequence of.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "As in the API that is kept.")]
public sealed class OnnxSequenceTypeAttribute : DataViewTypeAttribute
{
    /// <param name="elemType">Such as <c>IDictionary&lt;string, float&gt;</c> or <c>VBuffer&lt;float&gt;</c>.</param>
    public OnnxSequenceTypeAttribute(Type elemType) => ColumnType = new OnnxSequenceType(elemType);

    internal override ObjectDataViewType ColumnType { get; }
}
