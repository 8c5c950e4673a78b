using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines;

public abstract partial class TrainCatalogBase
{
    /// <summary>
    /// How far a metric may be from what it would be on endless data: it is computed again on samples of the same number of rows,
    /// drawn with replacement.
    /// </summary>
    /// <param name="data">Rows that a model has transformed. Those of their columns that the metric reads are held in memory.</param>
    /// <param name="metric">
    /// The metric of a view, such as <c>rows => mlContext.Regression.Evaluate(rows).RSquared</c>. Called from many threads at a time.
    /// </param>
    /// <param name="level">The confidence: in this share of experiments the interval contains the true value; above 0 and below 1.</param>
    /// <param name="numberOfSamples">More samples give steadier bounds; at least 100.</param>
    /// <param name="method">How the bounds are chosen.</param>
    /// <param name="seed">Fixes the samples; without it, the seed of the context does.</param>
    /// <returns>The metric on all rows, and its bounds. Rows are taken to be independent: for repeated measurements of one thing the interval is too narrow.</returns>
    /// <exception cref="MLPipelinesException">The data has no rows, or more than one in ten samples has no metric, such as one class only.</exception>
    /// <remarks>
    /// Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), sections 13.3 and 14.3. The acceleration comes from leaving
    /// out each row in turn; of more than 500 rows, each of 500 groups of rows. A sample without a metric is left out.
    /// </remarks>
    public ConfidenceInterval EvaluateConfidence(IDataView data, Func<IDataView, double> metric, double level = 0.95, int numberOfSamples = 1000,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The confidence is above 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfSamples, 100);
        var rows = new CachedView(BatchView.Of(data));
        double value = metric(rows);
        if (double.IsNaN(value)) throw new MLPipelinesException("EvaluateConfidence: the metric is NaN on the data, expected a number.");
        var bootstrap = new Bootstrap(rows, metric, Environment);
        double[] values = bootstrap.Sample(numberOfSamples, Environment.SeedFor(nameof(EvaluateConfidence), seed));
        if (values.Length < 0.9 * numberOfSamples) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"EvaluateConfidence: {numberOfSamples - values.Length} of {numberOfSamples} samples have no metric; the data has too few rows of some kind, such as of one class."));
        double alpha = (1 - level) / 2, lower = alpha, upper = 1 - alpha;
        if (method == BootstrapMethod.BiasCorrectedAccelerated) (lower, upper) = BootstrapBounds.Corrected(values, value, bootstrap.LeaveOut(), alpha);
        return new ConfidenceInterval(value, BootstrapBounds.Quantile(values, lower), BootstrapBounds.Quantile(values, upper), BootstrapBounds.Deviation(values), level);
    }
}
