using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers;

namespace MLPipelines.Onnx.Export.Models;

/// <summary>Linear models: a matrix product and what follows it.</summary>
internal static class LinearConverters
{
    internal static GraphValue OneScore(ModelExport export)
    {
        var model = (LinearModelParameters)export.Model;
        return Linear(export.Graph, export.Features, model.WeightSpan, [model.Bias], model.FeatureCount);
    }

    /// <summary>exp of a linear function; what is too large for a number is the largest one.</summary>
    internal static GraphValue Poisson(ModelExport export) =>
        export.Graph.Min(export.Graph.Exp(OneScore(export)), export.Graph.Scalar(float.MaxValue));

    internal static GraphValue ManyScores(ModelExport export)
    {
        int features = export.Model.FeatureCount, classes = export.Model.ScoreCount;
        return Linear(export.Graph, export.Features, export.Saved.ReadArray<float>("weights", features, classes), export.Saved.ReadArray<float>("biases", classes), features);
    }

    internal static GraphValue MaximumEntropy(ModelExport export) => export.Graph.Softmax(ManyScores(export));

    /// <summary>Weights of 8 bits stay so in the file; a factor per feature makes them numbers of their scale.</summary>
    internal static GraphValue Quantized(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        var model = (QuantizedLinearModel)export.Model;
        int features = model.FeatureCount, classes = model.ScoreCount;
        GraphValue steps = graph.Constant<sbyte>(export.Saved.ReadArray<sbyte>("weights", features, classes), features, classes);
        GraphValue scaled = graph.Multiply(export.Features, graph.Constant<float>(export.Saved.ReadArray<float>("scales", features), 1, features));
        GraphValue margins = graph.Add(
            graph.MatMul(scaled, graph.Cast(steps, TensorProto.Types.DataType.Float)),
            graph.Constant<float>(export.Saved.ReadArray<float>("biases", classes), 1, classes));
        return graph.Softmax(graph.Multiply(margins, graph.Scalar(model.InverseTemperature)));
    }

    /// <summary>A linear function per score.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">[rows, features].</param>
    /// <param name="weights">Feature-major, one per score.</param>
    /// <param name="biases">One per score.</param>
    /// <param name="featureCount">The number of features.</param>
    internal static GraphValue Linear(GraphBuilder graph, GraphValue features, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, int featureCount) => graph.Add(
        graph.MatMul(features, graph.Constant(weights, featureCount, biases.Length)),
        graph.Constant(biases, 1, biases.Length));
}
