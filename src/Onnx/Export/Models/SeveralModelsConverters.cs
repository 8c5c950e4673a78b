using MLPipelines.Calibrators;
using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Models;

/// <summary>Models of several classes that are made of models of two.</summary>
internal static class SeveralModelsConverters
{
    /// <summary>Stands for a slope and an offset whose probability is 0.</summary>
    private const double Never = -1000;

    internal static GraphValue OneVersusAll(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        IScoringModel[] models = [.. ((OneVersusAllModelParameters)export.Model).SubModelParameters.Cast<IScoringModel>()];
        GraphValue scores = Scores(graph, models, export.Features);
        if (export.Saved.Has("softmax") && export.Saved.GetBoolean("softmax")) scores = graph.Softmax(scores);
        if (!export.Saved.GetBoolean("probabilities")) return scores;
        GraphValue probabilities = Probabilities(graph, models, scores);
        GraphValue sum = graph.ReduceSum(probabilities);
        return graph.Divide(probabilities, graph.Where(graph.Greater(sum, graph.Scalar(0f)), sum, graph.Scalar(1f)));
    }

    /// <summary>1 / (Σ 1 / r − (k − 2)) over the pairs of each class, divided by the sum over the classes.</summary>
    internal static GraphValue PairwiseCoupling(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        bool[] present = export.Saved.ReadArray<bool>("present", -1);
        var pairs = PairwiseCouplingModelParameters.Pairs(present).ToList();
        IScoringModel[] models = [.. pairs.Select((_, i) => export.Saved.ReadModel($"pair-{i}"))];
        GraphValue probability = graph.Cast(Probabilities(graph, models, Scores(graph, models, export.Features)), TensorType.Double);
        GraphValue one = graph.Scalar(1.0);
        GraphValue inside = graph.Min(graph.Max(probability, graph.Scalar(1e-12)), graph.Scalar(1 - 1e-12));
        // Which pairs a class is the higher and the lower of.
        double[] high = new double[pairs.Count * present.Length], low = new double[high.Length];
        for (int i = 0; i < pairs.Count; i++) (high[i * present.Length + pairs[i].High], low[i * present.Length + pairs[i].Low]) = (1, 1);
        GraphValue sums = graph.Add(
            graph.MatMul(graph.Divide(one, inside), graph.Constant<double>(high, pairs.Count, present.Length)),
            graph.MatMul(graph.Divide(one, graph.Subtract(one, inside)), graph.Constant<double>(low, pairs.Count, present.Length)));
        GraphValue shares = graph.Divide(one, graph.Max(graph.Add(sums, graph.Scalar(2.0 - present.Count(p => p))), one));
        GraphValue known = graph.Multiply(shares, graph.Constant<double>(Array.ConvertAll(present, p => p ? 1.0 : 0), 1, present.Length));
        return graph.Cast(graph.Divide(known, graph.ReduceSum(known)), TensorType.Float);
    }

    /// <summary>A class that no training row had.</summary>
    internal static GraphValue Constant(ModelExport export) => export.Graph.Repeat(export.Graph.Constant([ExampleWeights.AbsentBias], 1, 1), export.Features);

    internal static GraphValue ConstantProbability(GraphBuilder graph, ICalibratedModel model, GraphValue scores) => graph.Multiply(scores, graph.Scalar(0f));

    /// <summary>The scores of models of one score each, side by side; linear ones as one product.</summary>
    private static GraphValue Scores(GraphBuilder graph, IScoringModel[] models, GraphValue features)
    {
        LinearBinaryModelParameters?[] linear = Array.ConvertAll(models, model => model as LinearBinaryModelParameters ?? (model as CalibratedLinearModelParameters)?.SubModel);
        for (int k = 0; k < models.Length; k++)
            if (linear[k] is null && models[k] is not ConstantScoreModel) return graph.Concat([.. models.Select(model => ModelExport.Score(graph, model, features))]);
        int count = models[0].FeatureCount;
        float[] weights = new float[count * models.Length], biases = new float[models.Length];
        for (int k = 0; k < models.Length; k++)
        {
            biases[k] = linear[k]?.Bias ?? ExampleWeights.AbsentBias;
            for (int j = 0; linear[k] is not null && j < count; j++) weights[j * models.Length + k] = linear[k]!.WeightSpan[j];
        }
        return LinearConverters.Linear(graph, features, weights, biases, count);
    }

    private static GraphValue Probabilities(GraphBuilder graph, IScoringModel[] models, GraphValue scores)
    {
        PlattCalibrator?[] sigmoids = Array.ConvertAll(models, model => (model as CalibratedModelParametersBase)?.Calibrator as PlattCalibrator);
        bool areSigmoids = models.Zip(sigmoids).All(pair => pair.Second is not null || pair.First is ConstantScoreModel);
        if (areSigmoids)
        {
            return CalibrationConverters.Platt(graph, scores,
                graph.Constant<double>(Array.ConvertAll(sigmoids, sigmoid => -(sigmoid?.Slope ?? 0)), 1, models.Length),
                graph.Constant<double>(Array.ConvertAll(sigmoids, sigmoid => sigmoid is null ? Never : -sigmoid.Offset), 1, models.Length));
        }
        return graph.Concat([.. models.Select((model, k) => ModelExport.Probability(graph, (ICalibratedModel)model, graph.Slice(scores, 1, k, k + 1)))]);
    }
}
