namespace MLPipelines.AutoML;

/// <summary>What an experiment with two classes optimizes.</summary>
public enum BinaryClassificationMetric
{
    /// <inheritdoc cref="Data.BinaryClassificationMetrics.Accuracy"/>
    Accuracy,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.AreaUnderRocCurve"/>
    AreaUnderRocCurve,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.AreaUnderPrecisionRecallCurve"/>
    AreaUnderPrecisionRecallCurve,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.F1Score"/>
    F1Score,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.PositivePrecision"/>
    PositivePrecision,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.PositiveRecall"/>
    PositiveRecall,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.NegativePrecision"/>
    NegativePrecision,

    /// <inheritdoc cref="Data.BinaryClassificationMetrics.NegativeRecall"/>
    NegativeRecall,
}

/// <summary>What an experiment with several classes optimizes.</summary>
public enum MulticlassClassificationMetric
{
    /// <inheritdoc cref="Data.MulticlassClassificationMetrics.MicroAccuracy"/>
    MicroAccuracy,

    /// <inheritdoc cref="Data.MulticlassClassificationMetrics.MacroAccuracy"/>
    MacroAccuracy,

    /// <inheritdoc cref="Data.MulticlassClassificationMetrics.LogLoss"/>
    LogLoss,

    /// <inheritdoc cref="Data.MulticlassClassificationMetrics.LogLossReduction"/>
    LogLossReduction,

    /// <summary>The share of rows whose label has one of the three highest scores.</summary>
    TopKAccuracy,
}

/// <summary>What an experiment that predicts numbers optimizes.</summary>
public enum RegressionMetric
{
    /// <inheritdoc cref="Data.RegressionMetrics.MeanAbsoluteError"/>
    MeanAbsoluteError,

    /// <inheritdoc cref="Data.RegressionMetrics.MeanSquaredError"/>
    MeanSquaredError,

    /// <inheritdoc cref="Data.RegressionMetrics.RootMeanSquaredError"/>
    RootMeanSquaredError,

    /// <inheritdoc cref="Data.RegressionMetrics.RSquared"/>
    RSquared,
}

/// <summary>What an experiment that ranks optimizes.</summary>
public enum RankingMetric
{
    /// <summary>The normalized discounted cumulative gain.</summary>
    Ndcg,

    /// <summary>The discounted cumulative gain.</summary>
    Dcg,
}
