using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Predictions;

/// <summary>Steps that apply a model: its scores, and the columns that are made of them.</summary>
internal static class PredictionConverters
{
    internal static void OneScore(StepExport step) => step.Set(ScoreColumns.Score, Scores(step, ModelOf(step)));

    internal static void Binary(StepExport step)
    {
        IScoringModel model = ModelOf(step);
        GraphValue scores = Scores(step, model);
        step.Set(ScoreColumns.PredictedLabel, IsAbove(step, scores));
        step.Set(ScoreColumns.Score, scores);
        if (model is ICalibratedModel calibrated) step.Set(ScoreColumns.Probability, ModelExport.Probability(step.Graph, calibrated, scores));
    }

    internal static void Anomaly(StepExport step)
    {
        GraphValue scores = Scores(step, ModelOf(step));
        step.Set(ScoreColumns.PredictedLabel, IsAbove(step, scores));
        step.Set(ScoreColumns.Score, scores);
    }

    internal static void Multiclass(StepExport step)
    {
        var names = ClassColumnNames.Load(step.Saved);
        GraphValue scores = Scores(step, ModelOf(step));
        step.Set(names.PredictedLabel, KeyOf(step.Graph, step.Graph.ArgMax(scores)));
        step.Set(names.Score, scores);
    }

    /// <summary>The cluster of the lowest score; missing where a score is NaN.</summary>
    internal static void Clustering(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        GraphValue scores = Scores(step, ModelOf(step));
        GraphValue isMissing = graph.IsNaN(graph.ReduceSum(scores));
        step.Set(ScoreColumns.PredictedLabel, graph.Where(isMissing, graph.Scalar(0L), KeyOf(graph, graph.ArgMin(scores))));
        step.Set(ScoreColumns.Score, scores);
    }

    /// <summary>The weighted mean of scores; for classes, of the probabilities of all or of the second of two.</summary>
    internal static void Blend(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        IReadOnlyList<string> inputs = step.Saved.GetStrings("inputs");
        float[] weights = step.Saved.ReadArray<float>("weights", inputs.Count);
        int classes = step.Saved.GetInt32("classes");
        GraphValue blend = graph.Sum([.. inputs.Select((name, i) => graph.Multiply(ClassesOf(step.Column(name)), graph.Scalar(weights[i])))]);
        if (classes > 0) step.Set(ScoreColumns.PredictedLabel, KeyOf(graph, graph.ArgMax(blend)));
        step.Set(ScoreColumns.Score, blend);

        GraphValue ClassesOf(GraphValue scores) => classes == 2 && scores.Width == 1 ? graph.Concat([graph.Subtract(graph.Scalar(1f), scores), scores]) : scores;
    }

    /// <summary>Keys count from 1.</summary>
    internal static GraphValue KeyOf(GraphBuilder graph, GraphValue place) => graph.Add(place, graph.Scalar(1L));

    private static IScoringModel ModelOf(StepExport step) => ((ISingleFeaturePredictionTransformer<IScoringModel>)step.Transformer).Model;

    private static GraphValue Scores(StepExport step, IScoringModel model)
    {
        string features = step.Saved.GetString("features");
        // A model without a feature column still has a score for each row: any column says how many there are.
        return ModelExport.Score(step.Graph, model, features.Length > 0 ? step.Column(features) : step.AnyColumn(), step.Input.GetColumnOrNull(features));
    }

    private static GraphValue IsAbove(StepExport step, GraphValue scores) =>
        step.Graph.Greater(scores, step.Graph.Scalar((float)step.Saved.GetDouble("threshold")));
}
