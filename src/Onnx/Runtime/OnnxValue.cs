namespace MLPipelines.Onnx;

/// <summary>A value that goes into a model or comes out of it, in memory of ours.</summary>
internal abstract class OnnxValue
{
    /// <summary>A tensor of a shape; of one dimension where none is given.</summary>
    internal static OnnxTensor<T> Tensor<T>(T[] values, params long[] shape) => new(values, shape.Length > 0 ? shape : [values.Length]);
}

/// <summary>A tensor: values in row-major order.</summary>
internal abstract class OnnxTensor(OnnxElementType element, long[] shape) : OnnxValue
{
    internal OnnxElementType Element => element;

    internal long[] Shape => shape;

    /// <summary>The values, in the .NET type of the element.</summary>
    internal abstract Array Items { get; }
}

/// <summary>A tensor of one .NET type.</summary>
internal sealed class OnnxTensor<T> : OnnxTensor
{
    /// <exception cref="ArgumentException">The shape has room for another number of values.</exception>
    internal OnnxTensor(T[] values, long[] shape) : base(OnnxElementTypes.Of(typeof(T)), shape)
    {
        long room = 1;
        foreach (long size in shape) room *= size;
        Values = room == values.Length ? values
            : throw new ArgumentException($"{values.Length} values do not fill a tensor of shape [{string.Join(',', shape)}].", nameof(values));
    }

    internal T[] Values { get; }

    internal override Array Items => Values;
}

/// <summary>Values of one kind.</summary>
internal sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    internal IReadOnlyList<OnnxValue> Items => items;
}

/// <summary>Keys, whole numbers or texts, and the value of each.</summary>
internal sealed class OnnxMap(OnnxTensor keys, OnnxTensor values) : OnnxValue
{
    internal OnnxTensor Keys => keys;

    internal OnnxTensor Values => values;
}

/// <summary>The optional value that is not there.</summary>
internal sealed class OnnxNone : OnnxValue;
