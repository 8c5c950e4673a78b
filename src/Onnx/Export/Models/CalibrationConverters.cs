using MLPipelines.Calibrators;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Models;

/// <summary>Models with a calibrator, and calibrators as steps: scores to probabilities.</summary>
internal static class CalibrationConverters
{
    /// <summary>The scores are those of the model inside.</summary>
    internal static GraphValue Scores(ModelExport export) =>
        ModelExport.Score(export.Graph, (IScoringModel)((CalibratedModelParametersBase)export.Model).SubModel, export.Features);

    internal static GraphValue Probabilities(GraphBuilder graph, ICalibratedModel model, GraphValue scores) =>
        Probabilities(graph, ((CalibratedModelParametersBase)model).Calibrator, scores);

    /// <summary>The step that adds the column <c>Probability</c>.</summary>
    internal static void Step(StepExport step)
    {
        var calibrator = ((ISingleFeaturePredictionTransformer<ICalibrator>)step.Transformer).Model;
        step.Set(ScoreColumns.Probability, Probabilities(step.Graph, calibrator, step.Column(step.Saved.GetString("score"))));
    }

    /// <summary>A softmax of margins divided by a temperature; the margins of probabilities are their logarithms.</summary>
    internal static void Temperature(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        GraphValue scores = step.Column(step.Saved.GetString("score"));
        if (step.Saved.GetBoolean("probabilities")) scores = graph.Log(graph.Max(scores, graph.Scalar(TemperatureCalibrationTransformer.Smallest)));
        step.Set(ScoreColumns.Probability, graph.Softmax(graph.Divide(scores, graph.Scalar((float)step.Saved.GetDouble("temperature")))));
    }

    private static GraphValue Probabilities(GraphBuilder graph, ICalibrator calibrator, GraphValue scores) => calibrator switch
    {
        PlattCalibrator platt => Platt(graph, scores, graph.Scalar(-platt.Slope), graph.Scalar(-platt.Offset)),
        IsotonicCalibrator isotonic => Isotonic(graph, isotonic, scores),
        NaiveCalibrator naive => Naive(graph, naive, scores),
        _ => throw new NotExportableException($"there is no converter for calibrators of type {calibrator.GetType().Name}"),
    };

    /// <summary>1 / (1 + exp(−(slope · score + offset))), in double precision.</summary>
    internal static GraphValue Platt(GraphBuilder graph, GraphValue scores, GraphValue slope, GraphValue offset) =>
        graph.Cast(graph.Sigmoid(graph.Add(graph.Multiply(graph.Cast(scores, TensorType.Double), slope), offset)), TensorType.Float);

    /// <summary>The interval of a score is how many intervals end before it; before its beginning the value is on the line from the interval before.</summary>
    private static GraphValue Isotonic(GraphBuilder graph, IsotonicCalibrator calibrator, GraphValue scores)
    {
        int count = calibrator.Maxes.Length;
        GraphValue Table(ReadOnlySpan<float> items) => graph.Constant(items, items.Length);
        GraphValue below = graph.ReduceSum(graph.Cast(graph.Less(Table(calibrator.Maxes.AsSpan()), scores), TensorType.Int64));
        GraphValue at = graph.Where(graph.Greater(below, graph.Scalar(count - 1L)), graph.Scalar(count - 1L), below);
        GraphValue before = graph.Where(graph.Equal(at, graph.Scalar(0L)), at, graph.Subtract(at, graph.Scalar(1L)));
        GraphValue values = Table(calibrator.Values.AsSpan()), mins = graph.Gather(Table(calibrator.Mins.AsSpan()), at), end = graph.Gather(Table(calibrator.Maxes.AsSpan()), before);
        GraphValue value = graph.Gather(values, at), from = graph.Gather(values, before);
        GraphValue line = graph.Add(from, graph.Multiply(graph.Divide(graph.Subtract(scores, end), graph.Subtract(mins, end)), graph.Subtract(value, from)));
        GraphValue isBetween = graph.And(graph.Less(scores, mins), graph.Greater(at, graph.Scalar(0L)));
        GraphValue probability = graph.Max(graph.Where(isBetween, line, value), graph.Scalar(1e-15f));
        return graph.Where(graph.IsNaN(scores), scores, probability);
    }

    private static GraphValue Naive(GraphBuilder graph, NaiveCalibrator calibrator, GraphValue scores)
    {
        int last = calibrator.BinProbs.Count - 1;
        GraphValue place = calibrator.BinSize > 0
            ? graph.Divide(graph.Subtract(scores, graph.Scalar(calibrator.Min)), graph.Scalar(calibrator.BinSize)) : graph.Multiply(scores, graph.Scalar(0f));
        GraphValue known = graph.Where(graph.IsNaN(place), graph.Scalar(0f), place);
        GraphValue bin = graph.Cast(graph.Floor(graph.Min(graph.Max(known, graph.Scalar(0f)), graph.Scalar((float)last))), TensorType.Int64);
        GraphValue share = graph.Gather(graph.Constant<float>([.. calibrator.BinProbs], last + 1), bin);
        return graph.Where(graph.IsNaN(scores), scores, share);
    }
}
