using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Numbers;

/// <summary>Steps that change numbers, each slot or each vector by itself.</summary>
internal static class NumberConverters
{
    internal static void ReplaceMissing(StepExport step) => step.SetEach((column, _, saved) =>
    {
        double[] replacements = saved.ReadArray<double>("replacements", -1);
        return step.Graph.Where(step.Graph.IsNaN(column), Row(step.Graph, column.Type, replacements), column);
    });

    internal static void IndicateMissing(StepExport step) => step.SetEach((column, _, _) => step.Graph.IsNaN(column));

    internal static void DropSlots(StepExport step) => step.SetEach((column, _, saved) =>
    {
        int[] kept = saved.ReadArray<int>("kept", -1);
        if (kept.Length == saved.GetInt32("size")) return column;
        if (kept.Length == 0) return Zeros(step.Graph, column);
        return step.Graph.Gather(column, step.Graph.Constant<long>(Array.ConvertAll(kept, slot => (long)slot), kept.Length), axis: 1);
    });

    /// <summary>Values beyond the fences become the fences, or are marked.</summary>
    internal static void Outliers(StepExport step) => step.SetEach((column, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        GraphValue low = Row(graph, column.Type, saved.ReadArray<double>("low", -1)), high = Row(graph, column.Type, saved.ReadArray<double>("high", -1));
        GraphValue isBelow = graph.Less(column, low), isAbove = graph.Greater(column, high);
        if (!saved.GetBoolean("indicator")) return graph.Where(isBelow, low, graph.Where(isAbove, high, column));
        GraphValue infinity = Row(graph, column.Type, [double.PositiveInfinity]);
        return graph.Or(graph.Or(isBelow, isAbove), graph.Equal(graph.Abs(column), infinity));
    });

    internal static void LpNorm(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        var pair = TextColumns.LoadPair(step.Saved);
        GraphValue values = step.Column(pair.InputColumnName);
        var norm = step.Saved.GetEnum<NormFunction>("norm");
        float target = step.Saved.Has("scale") ? (float)step.Saved.GetDouble("scale") : 1;
        GraphValue centred = graph.Subtract(values, graph.Reduce("ReduceMean", values));
        if (step.Saved.GetBoolean("ensureZeroMean")) values = centred;
        GraphValue size = norm switch
        {
            NormFunction.L2 => graph.Reduce("ReduceL2", values),
            NormFunction.L1 => graph.Reduce("ReduceL1", values),
            NormFunction.Infinity => graph.Reduce("ReduceMax", graph.Abs(values)),
            _ => graph.Sqrt(graph.Reduce("ReduceMean", graph.Multiply(centred, centred))),
        };
        GraphValue one = graph.Scalar(1f), isSomething = graph.Greater(size, graph.Scalar(0f));
        GraphValue scale = graph.Divide(graph.Scalar(target), graph.Where(isSomething, size, one));
        // What would vanish stays as it is.
        scale = graph.Where(graph.Less(scale, graph.Scalar(1e-8f)), one, scale);
        step.Set(pair.OutputColumnName, graph.Multiply(values, scale));
    }

    /// <summary>Numbers as a row of a type, to be compared with or added to each row.</summary>
    internal static GraphValue Row(GraphBuilder graph, TensorType type, double[] numbers) => type == TensorType.Double
        ? graph.Constant<double>(numbers, 1, numbers.Length)
        : graph.Constant<float>(Array.ConvertAll(numbers, float.CreateSaturating), 1, numbers.Length);

    /// <summary>A slot of zeros, or of empty texts, for a column that has nothing left.</summary>
    private static GraphValue Zeros(GraphBuilder graph, GraphValue like) => like.Type switch
    {
        TensorType.String => graph.Repeat(graph.Constant([""], 1, 1), like),
        TensorType.Bool => graph.Repeat(graph.Constant([false], 1, 1), like),
        _ => graph.Cast(graph.Repeat(graph.Constant([0f], 1, 1), like), like.Type),
    };
}
