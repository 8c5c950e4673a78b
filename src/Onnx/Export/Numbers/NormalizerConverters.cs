using MLPipelines.Onnx.Graph;
using MLPipelines.Onnx.Export.Trees;
using MLPipelines.Transforms;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Numbers;

/// <summary>Numbers onto one scale, each slot by a function of its own.</summary>
internal static class NormalizerConverters
{
    internal static void Normalize(StepExport step) => step.SetEach((column, _, saved) => saved.GetString("function") switch
    {
        ScalingFunction.Affine => Affine(step.Graph, column, saved),
        ScalingFunction.Distribution => Distribution(step.Graph, column, saved, useLog: false, isApproximate: false),
        ScalingFunction.LogDistribution => Distribution(step.Graph, column, saved, useLog: true, isApproximate: false),
        ScalingFunction.ApproximateDistribution => Distribution(step.Graph, column, saved, useLog: false, isApproximate: true),
        ScalingFunction.ApproximateLogDistribution => Distribution(step.Graph, column, saved, useLog: true, isApproximate: true),
        BinningFunction.Bins => Bins(step.Graph, column, saved),
        var other => throw new NotExportableException($"there is no converter for the function '{other}'"),
    });

    /// <summary>(x − offset) · scale.</summary>
    private static GraphValue Affine(GraphBuilder graph, GraphValue column, ModelStepReader saved)
    {
        double[] offsets = saved.ReadArray<double>("offsets", -1);
        double[] scales = Array.ConvertAll(saved.ReadArray<double>("scales", offsets.Length), scale => IsFinite(scale, column.Type) ? scale : 0);
        GraphValue centred = Array.Exists(offsets, offset => offset != 0) ? graph.Subtract(column, NumberConverters.Row(graph, column.Type, offsets)) : column;
        return graph.Multiply(centred, NumberConverters.Row(graph, column.Type, scales));
    }

    /// <summary>The share of a normal distribution below a number: (1 + erf(z / √2)) / 2. By approximation, what is missing is 0.</summary>
    private static GraphValue Distribution(GraphBuilder graph, GraphValue column, ModelStepReader saved, bool useLog, bool isApproximate)
    {
        double[] means = saved.ReadArray<double>("offsets", -1), scales = saved.ReadArray<double>("scales", means.Length);
        GraphValue x = graph.Cast(column, TensorType.Double), zero = graph.Scalar(0.0);
        GraphValue isNothing = graph.Constant<bool>(Array.ConvertAll(scales, scale => scale == 0), 1, scales.Length);
        if (useLog)
        {
            GraphValue hasLogarithm = graph.Greater(x, zero);
            isNothing = graph.Or(isNothing, graph.Not(hasLogarithm));
            x = graph.Log(graph.Where(hasLogarithm, x, graph.Scalar(1.0)));
        }
        GraphValue z = graph.Multiply(graph.Subtract(x, graph.Constant<double>(means, 1, means.Length)), graph.Constant<double>(Array.ConvertAll(scales, scale => scale / Math.Sqrt(2)), 1, scales.Length));
        GraphValue error = isApproximate ? ApproximateError(graph, z) : graph.Each("Erf", graph.Cast(z, TensorType.Float));
        GraphValue share = graph.Multiply(graph.Add(error, graph.Scalar(1f)), graph.Scalar(0.5f));
        GraphValue result = graph.Where(isNothing, graph.Scalar(0f), share);
        return graph.Cast(graph.Where(graph.IsNaN(column), graph.Scalar(isApproximate ? 0 : float.NaN), result), column.Type);
    }

    /// <summary>The error function as Winitzki approximates it: ±√(1 − exp(−z² (4/π + a z²) / (1 + a z²))).</summary>
    private static GraphValue ApproximateError(GraphBuilder graph, GraphValue z)
    {
        GraphValue square = graph.Multiply(z, z), bent = graph.Multiply(square, graph.Scalar((double)0.147f)), one = graph.Scalar(1.0);
        GraphValue exponent = graph.Divide(graph.Multiply(square, graph.Add(bent, graph.Scalar(4 / Math.PI))), graph.Add(bent, one));
        GraphValue size = graph.Each("Sqrt", graph.Subtract(one, graph.Each("Exp", graph.Subtract(graph.Scalar(0.0), exponent))));
        return graph.Cast(graph.Where(graph.Less(z, graph.Scalar(0.0)), graph.Subtract(graph.Scalar(0.0), size), size), TensorType.Float);
    }

    /// <summary>The number of a bin divided by that of the last: a step function of each slot.</summary>
    private static GraphValue Bins(GraphBuilder graph, GraphValue column, ModelStepReader saved)
    {
        int[] counts = saved.ReadArray<int>("boundCounts", -1);
        double[] bounds = saved.ReadArray<double>("bounds", -1);
        bool fixZero = saved.GetBoolean("fixZero");
        if (column.Type != TensorType.Float) throw new NotExportableException("the bins of double-precision numbers cannot be told apart in single precision");
        var table = new TreeTable();
        for (int slot = 0, first = 0; slot < counts.Length; first += counts[slot++])
        {
            double[] own = Array.ConvertAll(bounds[first..(first + counts[slot])], bound => (double)float.CreateSaturating(bound));
            float density = Math.Max(1, own.Length), offset = fixZero ? own.Count(bound => bound < 0) / density : 0;
            double[] values = [.. Enumerable.Range(0, own.Length + 1).Select(bin => (double)(bin / density - offset))];
            var steps = new StepTree(slot, [.. own, double.PositiveInfinity], values, 0);
            int target = slot;
            table.Add(steps.Tree, leaf => [(target, steps.Tree.LeafValues[leaf])]);
        }
        return graph.Where(graph.IsNaN(column), column, table.Score(graph, column, counts.Length, new float[counts.Length]));
    }

    private static bool IsFinite(double number, TensorType type) => type == TensorType.Double ? double.IsFinite(number) : float.IsFinite((float)number);
}
