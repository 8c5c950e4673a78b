using System.Diagnostics.CodeAnalysis;

namespace MLPipelines.Onnx;

/// <summary>What a tensor holds, numbered as in ONNX's <c>TensorProto.DataType</c>.</summary>
internal enum OnnxElementType
{
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
}

/// <summary>Element types and the .NET types that hold them.</summary>
internal static class OnnxElementTypes
{
    private static readonly (OnnxElementType Element, Type Type, int Bytes)[] Known =
    [
        (OnnxElementType.Float, typeof(float), 4), (OnnxElementType.Double, typeof(double), 8),
        (OnnxElementType.Float16, typeof(Half), 2), (OnnxElementType.BFloat16, typeof(BFloat16), 2),
        (OnnxElementType.Int8, typeof(sbyte), 1), (OnnxElementType.UInt8, typeof(byte), 1),
        (OnnxElementType.Int16, typeof(short), 2), (OnnxElementType.UInt16, typeof(ushort), 2),
        (OnnxElementType.Int32, typeof(int), 4), (OnnxElementType.UInt32, typeof(uint), 4),
        (OnnxElementType.Int64, typeof(long), 8), (OnnxElementType.UInt64, typeof(ulong), 8),
        (OnnxElementType.Bool, typeof(bool), 1), (OnnxElementType.String, typeof(string), 0),
    ];

    /// <summary>The .NET type of an element; <see langword="null"/> for one that is not read here.</summary>
    internal static Type? TypeOf(OnnxElementType element) => Array.Find(Known, known => known.Element == element).Type;

    /// <exception cref="NotSupportedException">No tensor holds this type.</exception>
    internal static OnnxElementType Of(Type type)
    {
        OnnxElementType element = Array.Find(Known, known => known.Type == type).Element;
        return element != OnnxElementType.Undefined ? element : throw new NotSupportedException($"No ONNX tensor holds {type.Name}.");
    }

    internal static int BytesOf(OnnxElementType element) => Array.Find(Known, known => known.Element == element).Bytes;

    /// <summary>Goes from an element type to a generic method.</summary>
    /// <exception cref="NotSupportedException">The type is not read here.</exception>
    internal static TResult Dispatch<TWork, TResult>(OnnxElementType element, TWork work) where TWork : IElementWork<TResult>, allows ref struct => element switch
    {
        OnnxElementType.Float => work.Do<float>(),
        OnnxElementType.Double => work.Do<double>(),
        OnnxElementType.Float16 => work.Do<Half>(),
        OnnxElementType.BFloat16 => work.Do<BFloat16>(),
        OnnxElementType.Int8 => work.Do<sbyte>(),
        OnnxElementType.UInt8 => work.Do<byte>(),
        OnnxElementType.Int16 => work.Do<short>(),
        OnnxElementType.UInt16 => work.Do<ushort>(),
        OnnxElementType.Int32 => work.Do<int>(),
        OnnxElementType.UInt32 => work.Do<uint>(),
        OnnxElementType.Int64 => work.Do<long>(),
        OnnxElementType.UInt64 => work.Do<ulong>(),
        OnnxElementType.Bool => work.Do<bool>(),
        _ => throw new NotSupportedException($"Tensors of {element} cannot be read."),
    };
}

/// <summary>Something that is done for tensors of numbers of any type.</summary>
internal interface IElementWork<TResult>
{
    TResult Do<T>() where T : unmanaged;
}
