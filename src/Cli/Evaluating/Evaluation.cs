using MLPipelines.Data;

namespace MLPipelines.Cli.Evaluating;

/// <summary>How well a model did on rows with known answers.</summary>
/// <param name="Rows">The number of rows that the metrics are made of.</param>
/// <param name="Metrics">By the names that programs know them by.</param>
internal sealed record Evaluation(long Rows, IReadOnlyList<KeyValuePair<string, double>> Metrics)
{
    /// <summary>Which labels were taken for which, for a classifier.</summary>
    internal ConfusionMatrix? Confusions { get; init; }

    /// <summary>Of a forecaster: per step ahead and per series, with the baseline.</summary>
    internal ForecastingMetrics? Forecasts { get; init; }

    /// <summary>Of a recommender: the metrics of its baseline, by the same names.</summary>
    internal IReadOnlyList<KeyValuePair<string, double>>? Baseline { get; init; }

    /// <summary>Rows left out because they have no label.</summary>
    internal long Unlabelled { get; init; }

    /// <summary>Labels that the model was not trained on; their rows count as wrong.</summary>
    internal IReadOnlyList<(string Label, int Rows)> UnknownLabels { get; init; } = [];

    /// <summary>Draws how good it is; <see langword="null"/> for what is not drawn.</summary>
    internal Func<IEnumerable<Scenarios.Charts.LineChart>>? Charts { get; init; }

    /// <summary>Of two labels, the one that precision, recall, f1, auc and auprc are about.</summary>
    internal string? PositiveLabel { get; init; }
}
