using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export;

/// <summary>
/// Columns as tensors. Inside a graph a column is a matrix, [rows, 1] or [rows, size], and a key a 64-bit integer; at its borders
/// it has the dimensions of its type, and a key the type that carries it.
/// </summary>
internal static class ColumnTensors
{
    /// <summary>The type of the items at the borders of a graph; <see langword="null"/> where ONNX has none, as for images. A date is the microseconds since 1970-01-01.</summary>
    internal static TensorType? OuterType(DataViewType type)
    {
        Type? raw = (RawTypes.AnyItemTypeOf(type) as PrimitiveDataViewType)?.RawType;
        return raw == typeof(float) ? TensorType.Float
            : raw == typeof(double) ? TensorType.Double
            : raw == typeof(ReadOnlyMemory<char>) ? TensorType.String
            : raw == typeof(bool) ? TensorType.Bool
            : raw == typeof(long) || raw == typeof(DateTime) ? TensorType.Int64
            : raw == typeof(int) ? TensorType.Int32
            : raw == typeof(uint) ? TensorType.Uint32
            : raw == typeof(ulong) ? TensorType.Uint64
            : raw == typeof(short) ? TensorType.Int16
            : raw == typeof(ushort) ? TensorType.Uint16
            : raw == typeof(sbyte) ? TensorType.Int8
            : raw == typeof(byte) ? TensorType.Uint8
            : null;
    }

    /// <summary>The type of the items inside a graph.</summary>
    internal static TensorType? InnerType(DataViewType type) => RawTypes.AnyItemTypeOf(type) is KeyDataViewType ? TensorType.Int64 : OuterType(type);

    /// <summary>How many items a value has; −1 where rows differ.</summary>
    internal static long WidthOf(DataViewType type) => type is VectorDataViewType vector ? vector.IsKnownSize ? vector.Size : -1 : 1;

    /// <summary>An input for a column, and what stands for it inside.</summary>
    internal static (GraphValue Outer, GraphValue Inner) Enter(GraphBuilder graph, DataViewSchema.Column column, TensorType type)
    {
        GraphValue outer = graph.Input(column.Name, type, [-1, .. OuterDimensions(column.Type)]);
        GraphValue flat = outer.Rank == 2 ? outer : graph.Reshape(outer, 0, WidthOf(column.Type));
        return (outer, graph.Cast(flat, InnerType(column.Type)!.Value));
    }

    /// <summary>What a column of the result is outside.</summary>
    internal static GraphValue Leave(GraphBuilder graph, DataViewType type, GraphValue value)
    {
        GraphValue carried = graph.Cast(value, OuterType(type) ?? value.Type);
        long[] dimensions = OuterDimensions(type);
        return dimensions.Length == 1 ? carried : graph.Reshape(carried, [-1, .. dimensions]);
    }

    private static long[] OuterDimensions(DataViewType type) =>
        type is VectorDataViewType { IsKnownSize: true } vector ? [.. vector.Dimensions.Select(length => (long)length)] : [WidthOf(type)];
}
