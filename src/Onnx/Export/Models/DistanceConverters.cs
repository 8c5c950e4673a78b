using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Models;

/// <summary>Models of distances; in double precision, since squares of large numbers are taken from each other.</summary>
internal static class DistanceConverters
{
    /// <summary>‖x‖² − 2 x · c + ‖c‖², at least 0.</summary>
    internal static GraphValue KMeans(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        int clusters = export.Model.ScoreCount, features = export.Model.FeatureCount;
        float[] centroids = export.Saved.ReadArray<float>("centroids", clusters, features);
        double[] points = new double[centroids.Length], norms = new double[clusters];
        for (int i = 0; i < centroids.Length; i++)
        {
            int cluster = i / features;
            points[(i % features) * clusters + cluster] = -2.0 * centroids[i];
            norms[cluster] += (double)centroids[i] * centroids[i];
        }
        GraphValue x = graph.Cast(export.Features, TensorType.Double);
        GraphValue distances = graph.Add(
            graph.Add(graph.MatMul(x, graph.Constant<double>(points, features, clusters)), graph.ReduceSum(graph.Multiply(x, x))),
            graph.Constant<double>(norms, 1, clusters));
        return graph.Cast(graph.Max(distances, graph.Scalar(0.0)), TensorType.Float);
    }

    /// <summary>√(share of the distance from the mean that the directions do not explain).</summary>
    internal static GraphValue PrincipalComponents(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        float[] mean = export.Saved.ReadArray<float>("mean", -1), directions = export.Saved.ReadArray<float>("directions", -1, mean.Length);
        int rank = directions.Length / mean.Length;
        double[] columns = new double[directions.Length];
        for (int i = 0; i < directions.Length; i++) columns[(i % mean.Length) * rank + i / mean.Length] = directions[i];
        GraphValue away = graph.Subtract(graph.Cast(export.Features, TensorType.Double), graph.Constant<double>(Array.ConvertAll(mean, m => (double)m), 1, mean.Length));
        GraphValue all = graph.ReduceSum(graph.Multiply(away, away)), zero = graph.Scalar(0.0);
        GraphValue explained = zero;
        if (rank > 0)
        {
            GraphValue components = graph.MatMul(away, graph.Constant<double>(columns, mean.Length, rank));
            explained = graph.ReduceSum(graph.Multiply(components, components));
        }
        GraphValue isMean = graph.Equal(all, zero);
        GraphValue share = graph.Divide(graph.Max(graph.Subtract(all, explained), zero), graph.Where(isMean, graph.Scalar(1.0), all));
        return graph.Cast(graph.Where(isMean, zero, graph.Sqrt(share)), TensorType.Float);
    }
}
