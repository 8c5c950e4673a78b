using System.Runtime.InteropServices;
using Google.Protobuf;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>Tensors out of .NET values, little-endian.</summary>
internal static class Tensors
{
    internal static TensorProto Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape) where T : unmanaged
    {
        var tensor = Empty(TypeOf<T>(), values.Length, shape);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        return tensor;
    }

    internal static TensorProto Of(IReadOnlyCollection<string> values, ReadOnlySpan<long> shape)
    {
        var tensor = Empty(TensorType.String, values.Count, shape);
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        return tensor;
    }

    internal static TensorType TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? TensorType.Float
        : typeof(T) == typeof(double) ? TensorType.Double
        : typeof(T) == typeof(long) ? TensorType.Int64
        : typeof(T) == typeof(int) ? TensorType.Int32
        : typeof(T) == typeof(short) ? TensorType.Int16
        : typeof(T) == typeof(sbyte) ? TensorType.Int8
        : typeof(T) == typeof(byte) ? TensorType.Uint8
        : typeof(T) == typeof(ushort) ? TensorType.Uint16
        : typeof(T) == typeof(uint) ? TensorType.Uint32
        : typeof(T) == typeof(ulong) ? TensorType.Uint64
        : typeof(T) == typeof(bool) ? TensorType.Bool
        : throw new NotSupportedException($"Tensors of {typeof(T)} have no type in ONNX.");

    private static TensorProto Empty(TensorType type, int count, ReadOnlySpan<long> shape)
    {
        long expected = 1;
        var tensor = new TensorProto { DataType = (int)type };
        foreach (long length in shape)
        {
            tensor.Dims.Add(length);
            expected *= length;
        }
        return expected == count ? tensor : throw new ArgumentException($"{count} values do not fill a tensor of shape [{string.Join(", ", shape.ToArray())}].", nameof(shape));
    }
}
