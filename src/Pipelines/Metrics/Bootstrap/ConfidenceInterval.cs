namespace MLPipelines.Data;

/// <summary>How the bounds of a bootstrap confidence interval are chosen out of the values on samples.</summary>
public enum BootstrapMethod
{
    /// <summary>
    /// The percentiles, corrected for the bias and the skew of the metric (BCa). Right for small data and metrics near their limits,
    /// such as an accuracy of 0.99; takes up to 500 more evaluations.
    /// </summary>
    BiasCorrectedAccelerated,

    /// <summary>The percentiles as they are.</summary>
    Percentile,
}

/// <summary>A metric, and the range that its true value is in with some confidence.</summary>
/// <param name="Value">The metric on the data.</param>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="StandardError">The standard deviation of the metric over the samples.</param>
/// <param name="Level">The confidence, such as 0.95.</param>
public sealed record ConfidenceInterval(double Value, double Lower, double Upper, double StandardError, double Level);
