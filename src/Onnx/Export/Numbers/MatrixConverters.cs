using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Numbers;

/// <summary>Vectors times a matrix, and what is made of the products.</summary>
internal static class MatrixConverters
{
    internal static void Whiten(StepExport step) => step.SetEach((column, _, saved) => Product(step.Graph, column, saved, "directions"));

    internal static void Project(StepExport step) => step.SetEach((column, _, saved) =>
    {
        float[] mean = saved.ReadArray<float>("projected-mean", -1);
        return step.Graph.Subtract(Product(step.Graph, column, saved, "directions"), step.Graph.Constant<float>(mean, 1, mean.Length));
    });

    /// <summary>Cosines of random frequencies with phases, or cosines and sines in turn.</summary>
    internal static void RandomFourier(StepExport step) => step.SetEach((column, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        GraphValue products = Product(graph, column, saved, "frequencies");
        float[] phases = saved.ReadArray<float>("phases", -1);
        int count = (int)products.Width;
        if (phases.Length > 0)
            return graph.Multiply(graph.Each("Cos", graph.Add(products, graph.Constant<float>(phases, 1, count))), graph.Scalar(MathF.Sqrt(2f / count)));
        GraphValue pairs = graph.Concat([graph.Unsqueeze(graph.Each("Cos", products), 2), graph.Unsqueeze(graph.Each("Sin", products), 2)], axis: 2);
        return graph.Multiply(graph.Reshape(pairs, -1, 2 * count), graph.Scalar(MathF.Sqrt(1f / count)));
    });

    /// <summary>Slots that are missing are predicted from the others, round after round, in the order and by the weights that were learned.</summary>
    internal static void Impute(StepExport step) => step.SetEach((column, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        double[] means = saved.ReadArray<double>("means", -1), deviations = saved.ReadArray<double>("deviations", means.Length);
        int slots = means.Length, rounds = saved.GetInt32("rounds");
        double[] weights = saved.ReadArray<double>("weights", rounds, slots, slots + 1);
        GraphValue x = graph.Cast(column, TensorType.Double), isMissing = graph.IsNaN(x), zero = graph.Scalar(0.0);
        GraphValue isKnown = graph.Less(graph.Abs(x), graph.Scalar(double.PositiveInfinity));
        GraphValue mean = graph.Constant<double>(means, 1, slots), deviation = graph.Constant<double>(deviations, 1, slots);
        bool[] varies = Array.ConvertAll(deviations, d => d > 0);
        GraphValue safe = graph.Constant<double>(Array.ConvertAll(deviations, d => d > 0 ? d : 1), 1, slots);
        GraphValue scaled = graph.Where(graph.And(isKnown, graph.Constant<bool>(varies, 1, slots)), graph.Divide(graph.Subtract(x, mean), safe), zero);
        for (int round = 0; round < rounds; round++)
        {
            foreach (int slot in saved.GetInt32s("order"))
            {
                double[] own = weights[((round * slots + slot) * (slots + 1))..((round * slots + slot + 1) * (slots + 1))];
                GraphValue predicted = graph.Add(graph.MatMul(scaled, graph.Constant<double>(own.AsSpan(0, slots), slots, 1)), graph.Scalar(own[^1]));
                bool[] place = new bool[slots];
                place[slot] = true;
                scaled = graph.Where(graph.And(isMissing, graph.Constant<bool>(place, 1, slots)), predicted, scaled);
            }
        }
        GraphValue filled = graph.Cast(graph.Add(mean, graph.Multiply(scaled, deviation)), column.Type);
        return graph.Where(isMissing, filled, column);
    });

    private static GraphValue Product(GraphBuilder graph, GraphValue column, ModelStepReader saved, string name)
    {
        int rows = saved.GetInt32(name + "Count"), size = saved.GetInt32("size");
        return graph.MatMul(column, graph.Transpose(graph.Constant<float>(saved.ReadArray<float>(name, rows, size), rows, size), 1, 0));
    }
}
