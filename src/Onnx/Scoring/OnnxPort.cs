using MLPipelines.Data;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx;

/// <summary>An input or output of a model as a column sees it.</summary>
/// <param name="Node">The model's side.</param>
/// <param name="Dimensions">The sizes, -1 for open ones; <see langword="null"/> where the model says no shape, or it is no tensor.</param>
/// <param name="HasRows">Whether the first dimension is open: each row is one of it, and several rows can go together.</param>
/// <param name="IsAnyLength">Whether the user opened a size, so that rows of an output differ in length.</param>
internal sealed record OnnxPort(OnnxNode Node, IReadOnlyList<long>? Dimensions, bool HasRows, bool IsAnyLength = false)
{
    internal string Name => Node.Name;

    /// <summary>The column's name: what ML.NET exports ends in <c>.output</c>, which the column does not.</summary>
    internal string ColumnName => Name.EndsWith(".output", StringComparison.Ordinal) && Name.Length > 7 ? Name[..^7] : Name;

    /// <summary>What the value holds, whether or not it may be absent.</summary>
    internal OnnxSpec Spec => Node.Spec is OptionalSpec optional ? optional.Value : Node.Spec;

    /// <param name="node">The model's side.</param>
    /// <param name="hasShape">Whether the model says a shape.</param>
    /// <param name="shape">A shape in place of it; 0 or less for an open size.</param>
    internal static OnnxPort Of(OnnxNode node, bool hasShape, int[]? shape)
    {
        if ((node.Spec is OptionalSpec optional ? optional.Value : node.Spec) is not TensorSpec tensor)
        {
            return shape is null ? new OnnxPort(node, null, HasRows: true)
                : throw new ArgumentException($"shapeDictionary: {node} is no tensor and has no shape.", nameof(shape));
        }
        if (!hasShape && shape is null) return new OnnxPort(node, null, HasRows: true);
        long[] own = hasShape ? [.. tensor.Dimensions.Select(d => d.Size)] : [.. shape!.Select(_ => -1L)];
        if (shape is not null && (shape.Length != own.Length || shape.Where((size, i) => size > 0 && own[i] > 0 && size != own[i]).Any()))
        {
            throw new ArgumentException($"shapeDictionary: the shape [{string.Join(',', shape)}] does not fit {node}. It may only fix sizes that the model leaves open, or open them.", nameof(shape));
        }
        long[] sizes = shape is null ? own : Array.ConvertAll(shape, size => size > 0 ? size : -1L);
        return new OnnxPort(node, sizes, HasRows: own.Length > 0 && own[0] < 0 && sizes[0] <= 1, IsAnyLength: shape is not null && sizes.Contains(-1));
    }

    /// <summary>The type of an item; the one that is read or written where columns have no such type.</summary>
    /// <exception cref="NotSupportedException">No column holds it.</exception>
    internal PrimitiveDataViewType ItemType => Spec is TensorSpec tensor && ItemTypeOf(tensor.Element) is { } type ? type
        : throw new NotSupportedException($"ONNX model: {Node} cannot be a column.");

    /// <summary>The type of the column of an output: as in ML.NET a row is one of the first dimension where that is open.</summary>
    internal DataViewType OutputType
    {
        get
        {
            if (Spec is not TensorSpec) return OnnxObjectKind.Of(Spec)?.ColumnType ?? throw new NotSupportedException($"ONNX model: the output {Node} cannot be a column.");
            if (Dimensions is null || IsAnyLength) return new VectorDataViewType(ItemType);
            if (Dimensions.Count == 0) return ItemType;
            int[] sizes = [.. Dimensions.Select((size, i) => i == 0 && size < 0 ? 1 : (int)Math.Max(size, 0))];
            return Array.TrueForAll(sizes, size => size > 0) ? new VectorDataViewType(ItemType, sizes) : new VectorDataViewType(ItemType);
        }
    }

    private static PrimitiveDataViewType? ItemTypeOf(OnnxElementType element) => element switch
    {
        OnnxElementType.String => TextDataViewType.Instance,
        OnnxElementType.Bool => BooleanDataViewType.Instance,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 => NumberDataViewType.Single,
        _ => OnnxElementTypes.TypeOf(element) is { } type ? NumberDataViewType.All.FirstOrDefault(number => number.RawType == type) : null,
    };
}
