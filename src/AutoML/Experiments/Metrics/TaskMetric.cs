using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>A metric that comes with the others of its task.</summary>
internal interface ITaskMetric : IEvaluateMetricManager
{
    PipelineFold Measure(MLContext context, ITransformer model, IDataView scored);
}

/// <summary>A metric of a task: all metrics of the rows are computed, and one number of them is what is optimized.</summary>
internal abstract class TaskMetric<TMetrics>(string name, bool isMaximize, string labelColumn) : ITaskMetric where TMetrics : class
{
    public bool IsMaximize => isMaximize;

    public string MetricName => name;

    internal string LabelColumn => labelColumn;

    public double Evaluate(MLContext context, IDataView eval) => ValueOf(EvaluateAll(context, eval));

    public PipelineFold Measure(MLContext context, ITransformer model, IDataView scored)
    {
        TMetrics metrics = EvaluateAll(context, scored);
        return new PipelineFold(model, ValueOf(metrics), metrics);
    }

    internal abstract TMetrics EvaluateAll(MLContext context, IDataView scored);

    internal abstract double ValueOf(TMetrics metrics);

    internal double LossOf(TMetrics metrics) => isMaximize ? -ValueOf(metrics) : ValueOf(metrics);
}

internal sealed class BinaryMetric(BinaryClassificationMetric metric, string labelColumn, string predictedColumn)
    : TaskMetric<BinaryClassificationMetrics>(metric.ToString(), isMaximize: true, labelColumn)
{
    internal override BinaryClassificationMetrics EvaluateAll(MLContext context, IDataView scored) =>
        context.BinaryClassification.EvaluateNonCalibrated(scored, LabelColumn, predictedLabelColumnName: predictedColumn);

    internal override double ValueOf(BinaryClassificationMetrics metrics) => metric switch
    {
        BinaryClassificationMetric.Accuracy => metrics.Accuracy,
        BinaryClassificationMetric.AreaUnderRocCurve => metrics.AreaUnderRocCurve,
        BinaryClassificationMetric.AreaUnderPrecisionRecallCurve => metrics.AreaUnderPrecisionRecallCurve,
        BinaryClassificationMetric.F1Score => metrics.F1Score,
        BinaryClassificationMetric.PositivePrecision => metrics.PositivePrecision,
        BinaryClassificationMetric.PositiveRecall => metrics.PositiveRecall,
        BinaryClassificationMetric.NegativePrecision => metrics.NegativePrecision,
        BinaryClassificationMetric.NegativeRecall => metrics.NegativeRecall,
        _ => throw new ArgumentOutOfRangeException(nameof(metrics), metric, "There is no such metric."),
    };
}

internal sealed class MulticlassMetric(MulticlassClassificationMetric metric, string labelColumn, string predictedColumn)
    : TaskMetric<MulticlassClassificationMetrics>(metric.ToString(), isMaximize: metric != MulticlassClassificationMetric.LogLoss, labelColumn)
{
    private const int TopCount = 3;

    internal override MulticlassClassificationMetrics EvaluateAll(MLContext context, IDataView scored) => context.MulticlassClassification.Evaluate(scored, LabelColumn,
        predictedLabelColumnName: predictedColumn, topKPredictionCount: metric == MulticlassClassificationMetric.TopKAccuracy ? TopCount : 0);

    internal override double ValueOf(MulticlassClassificationMetrics metrics) => metric switch
    {
        MulticlassClassificationMetric.MicroAccuracy => metrics.MicroAccuracy,
        MulticlassClassificationMetric.MacroAccuracy => metrics.MacroAccuracy,
        MulticlassClassificationMetric.LogLoss => metrics.LogLoss,
        MulticlassClassificationMetric.LogLossReduction => metrics.LogLossReduction,
        MulticlassClassificationMetric.TopKAccuracy => metrics.TopKAccuracy,
        _ => throw new ArgumentOutOfRangeException(nameof(metrics), metric, "There is no such metric."),
    };
}

internal sealed class RegressionTaskMetric(RegressionMetric metric, string labelColumn, string scoreColumn)
    : TaskMetric<RegressionMetrics>(metric.ToString(), isMaximize: metric == RegressionMetric.RSquared, labelColumn)
{
    internal override RegressionMetrics EvaluateAll(MLContext context, IDataView scored) => context.Regression.Evaluate(scored, LabelColumn, scoreColumn);

    internal override double ValueOf(RegressionMetrics metrics) => metric switch
    {
        RegressionMetric.MeanAbsoluteError => metrics.MeanAbsoluteError,
        RegressionMetric.MeanSquaredError => metrics.MeanSquaredError,
        RegressionMetric.RootMeanSquaredError => metrics.RootMeanSquaredError,
        RegressionMetric.RSquared => metrics.RSquared,
        _ => throw new ArgumentOutOfRangeException(nameof(metrics), metric, "There is no such metric."),
    };
}

internal sealed class RankingTaskMetric(RankingMetric metric, string labelColumn, string groupColumn, string scoreColumn, uint truncationLevel)
    : TaskMetric<RankingMetrics>(metric.ToString(), isMaximize: true, labelColumn)
{
    private readonly int _places = (int)Math.Max(1, truncationLevel);

    internal string GroupColumn => groupColumn;

    internal override RankingMetrics EvaluateAll(MLContext context, IDataView scored) =>
        context.Ranking.Evaluate(scored, new RankingEvaluatorOptions { DcgTruncationLevel = _places }, LabelColumn, groupColumn, scoreColumn);

    internal override double ValueOf(RankingMetrics metrics) =>
        (metric == RankingMetric.Ndcg ? metrics.NormalizedDiscountedCumulativeGains : metrics.DiscountedCumulativeGains)[_places - 1];
}
