namespace MLPipelines.Data;

/// <summary>Statistics of how metrics change.</summary>
internal interface IMetricsStatistics<in TMetrics>
{
    void Add(TMetrics after, TMetrics before);
}

/// <summary>Statistics of how each of the <see cref="RegressionMetrics"/> changes.</summary>
public sealed class RegressionMetricsStatistics : IMetricsStatistics<RegressionMetrics>
{
    internal RegressionMetricsStatistics() { }

    public MetricStatistics MeanAbsoluteError { get; } = new();

    public MetricStatistics MeanSquaredError { get; } = new();

    public MetricStatistics RootMeanSquaredError { get; } = new();

    public MetricStatistics LossFunction { get; } = new();

    public MetricStatistics RSquared { get; } = new();

    void IMetricsStatistics<RegressionMetrics>.Add(RegressionMetrics after, RegressionMetrics before)
    {
        MeanAbsoluteError.Add(after.MeanAbsoluteError - before.MeanAbsoluteError);
        MeanSquaredError.Add(after.MeanSquaredError - before.MeanSquaredError);
        RootMeanSquaredError.Add(after.RootMeanSquaredError - before.RootMeanSquaredError);
        LossFunction.Add(after.LossFunction - before.LossFunction);
        RSquared.Add(after.RSquared - before.RSquared);
    }
}

/// <summary>Statistics of how each of the <see cref="BinaryClassificationMetrics"/> changes.</summary>
public sealed class BinaryClassificationMetricsStatistics : IMetricsStatistics<BinaryClassificationMetrics>
{
    internal BinaryClassificationMetricsStatistics() { }

    public MetricStatistics AreaUnderRocCurve { get; } = new();

    public MetricStatistics Accuracy { get; } = new();

    public MetricStatistics PositivePrecision { get; } = new();

    public MetricStatistics PositiveRecall { get; } = new();

    public MetricStatistics NegativePrecision { get; } = new();

    public MetricStatistics NegativeRecall { get; } = new();

    public MetricStatistics F1Score { get; } = new();

    public MetricStatistics AreaUnderPrecisionRecallCurve { get; } = new();

    void IMetricsStatistics<BinaryClassificationMetrics>.Add(BinaryClassificationMetrics after, BinaryClassificationMetrics before)
    {
        AreaUnderRocCurve.Add(after.AreaUnderRocCurve - before.AreaUnderRocCurve);
        Accuracy.Add(after.Accuracy - before.Accuracy);
        PositivePrecision.Add(after.PositivePrecision - before.PositivePrecision);
        PositiveRecall.Add(after.PositiveRecall - before.PositiveRecall);
        NegativePrecision.Add(after.NegativePrecision - before.NegativePrecision);
        NegativeRecall.Add(after.NegativeRecall - before.NegativeRecall);
        F1Score.Add(after.F1Score - before.F1Score);
        AreaUnderPrecisionRecallCurve.Add(after.AreaUnderPrecisionRecallCurve - before.AreaUnderPrecisionRecallCurve);
    }
}

/// <summary>Statistics of how each of the <see cref="MulticlassClassificationMetrics"/> changes.</summary>
public sealed class MulticlassClassificationMetricsStatistics : IMetricsStatistics<MulticlassClassificationMetrics>
{
    private MetricStatistics[] _perClassLogLoss = [];

    internal MulticlassClassificationMetricsStatistics() { }

    public MetricStatistics MacroAccuracy { get; } = new();

    public MetricStatistics MicroAccuracy { get; } = new();

    public MetricStatistics LogLoss { get; } = new();

    public MetricStatistics LogLossReduction { get; } = new();

    public MetricStatistics TopKAccuracy { get; } = new();

    /// <summary>One per class.</summary>
    public IReadOnlyList<MetricStatistics> PerClassLogLoss => _perClassLogLoss;

    void IMetricsStatistics<MulticlassClassificationMetrics>.Add(MulticlassClassificationMetrics after, MulticlassClassificationMetrics before)
    {
        MacroAccuracy.Add(after.MacroAccuracy - before.MacroAccuracy);
        MicroAccuracy.Add(after.MicroAccuracy - before.MicroAccuracy);
        LogLoss.Add(after.LogLoss - before.LogLoss);
        LogLossReduction.Add(after.LogLossReduction - before.LogLossReduction);
        TopKAccuracy.Add(after.TopKAccuracy - before.TopKAccuracy);
        MetricStatistics.Add(ref _perClassLogLoss, after.PerClassLogLoss, before.PerClassLogLoss);
    }
}

/// <summary>Statistics of how each of the <see cref="RankingMetrics"/> changes; lists have one for each number of places.</summary>
public sealed class RankingMetricsStatistics : IMetricsStatistics<RankingMetrics>
{
    private MetricStatistics[] _gains = [], _normalizedGains = [];

    internal RankingMetricsStatistics() { }

    public IReadOnlyList<MetricStatistics> DiscountedCumulativeGains => _gains;

    public IReadOnlyList<MetricStatistics> NormalizedDiscountedCumulativeGains => _normalizedGains;

    void IMetricsStatistics<RankingMetrics>.Add(RankingMetrics after, RankingMetrics before)
    {
        MetricStatistics.Add(ref _gains, after.DiscountedCumulativeGains, before.DiscountedCumulativeGains);
        MetricStatistics.Add(ref _normalizedGains, after.NormalizedDiscountedCumulativeGains, before.NormalizedDiscountedCumulativeGains);
    }
}
