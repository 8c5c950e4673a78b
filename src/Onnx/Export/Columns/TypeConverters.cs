using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Columns;

/// <summary>One type to another.</summary>
internal static class TypeConverters
{
    internal static void Convert(StepExport step)
    {
        foreach (var (name, output, _) in step.Mappings().ToList())
        {
            PrimitiveDataViewType source = RawTypes.ItemTypeOf(step.Input[name].Type), target = RawTypes.ItemTypeOf(step.Output[output].Type);
            step.Set(output, Convert(step.Graph, step.Column(name), source, target, ColumnTensors.InnerType(target)));
        }
    }

    private static GraphValue Convert(GraphBuilder graph, GraphValue column, PrimitiveDataViewType source, PrimitiveDataViewType target, TensorType? type)
    {
        if (type is not { } result) throw new NotExportableException($"ONNX has no type for {target}");
        if (source.Equals(target)) return column;
        if (target is TextDataViewType) return ToText(graph, column, source);
        if (target is BooleanDataViewType && source is not TextDataViewType)
        {
            GraphValue isSomething = graph.Cast(column, TensorType.Bool);
            return column.Type is TensorType.Float or TensorType.Double ? graph.And(isSomething, graph.Not(graph.IsNaN(column))) : isSomething;
        }
        if (source is TextDataViewType && target is BooleanDataViewType) throw new NotExportableException("there are many words for true and false, which the operators do not know");
        GraphValue converted = graph.Cast(column, result);
        // A key that is missing is a number that is missing.
        if (source is not KeyDataViewType || target is KeyDataViewType || result is not (TensorType.Float or TensorType.Double)) return converted;
        return graph.Where(graph.Equal(column, graph.Scalar(0L)), result == TensorType.Double ? graph.Scalar(double.NaN) : graph.Scalar(float.NaN), converted);
    }

    private static GraphValue ToText(GraphBuilder graph, GraphValue column, PrimitiveDataViewType source) => source switch
    {
        BooleanDataViewType => graph.Name(graph.Cast(column, TensorType.Int64), [0, 1], [bool.FalseString, bool.TrueString], ""),
        NumberDataViewType when column.Type is not (TensorType.Float or TensorType.Double) => graph.Cast(column, TensorType.String),
        _ => throw new NotExportableException($"the runtime writes {source} as text in another way"),
    };
}
