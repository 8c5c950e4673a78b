using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Models;

/// <summary>Models that share no form with others.</summary>
internal static class OtherModelsConverters
{
    /// <summary>The classes' sums over the features that are there.</summary>
    internal static GraphValue NaiveBayes(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        var model = (NaiveBayesMulticlassModelParameters)export.Model;
        GraphValue isThere = graph.Cast(graph.Greater(export.Features, graph.Scalar(0f)), TensorType.Float);
        var (weights, biases) = model.ToLinear();
        return LinearConverters.Linear(graph, isThere, weights, biases, model.FeatureCount);
    }

    /// <summary>The same for every row.</summary>
    internal static GraphValue Prior(ModelExport export) =>
        export.Graph.Repeat(export.Graph.Constant([2 * (float)export.Saved.GetDouble("share") - 1], 1, 1), export.Features);

    internal static GraphValue PriorProbability(GraphBuilder graph, ICalibratedModel model, GraphValue scores) =>
        graph.Repeat(graph.Constant([model.Probability(0)], 1, 1), scores);

    /// <summary>All linear functions of the tree at once; each node counts as much as a row comes to it: 1 or 0, level by level.</summary>
    internal static GraphValue LocalDeepSvm(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        var tree = new LdSvmTree(export.Saved.GetInt32("depth"));
        int features = export.Model.FeatureCount, functions = tree.Functions;
        float[] stored = export.Saved.ReadArray<float>("weights", functions, features);
        float[] weights = new float[stored.Length];
        for (int i = 0; i < stored.Length; i++) weights[(i % features) * functions + i / features] = stored[i];
        GraphValue values = LinearConverters.Linear(graph, export.Features, weights, export.Saved.ReadArray<float>("biases", functions), features);
        GraphValue gates = graph.Tanh(graph.Multiply(graph.Slice(values, 1, tree.Nodes, 2 * tree.Nodes), graph.Scalar((float)export.Saved.GetDouble("sigma"))));
        GraphValue terms = graph.Multiply(gates, graph.Slice(values, 1, 0, tree.Nodes));

        GraphValue visits = graph.Repeat(graph.Constant([1f], 1, 1), export.Features);
        List<GraphValue> levels = [visits];
        for (int level = 0; level < tree.Depth; level++)
        {
            int first = (1 << level) - 1, count = 1 << level;
            GraphValue goesLeft = graph.Cast(graph.Greater(graph.Slice(values, 1, tree.Branch(first), tree.Branch(first + count)), graph.Scalar(0f)), TensorType.Float);
            GraphValue left = graph.Multiply(visits, goesLeft), right = graph.Subtract(visits, left);
            visits = graph.Reshape(graph.Concat([graph.Unsqueeze(left, 2), graph.Unsqueeze(right, 2)], axis: 2), 0, 2 * count);
            levels.Add(visits);
        }
        return graph.ReduceSum(graph.Multiply(graph.Concat(levels), terms));
    }
}
