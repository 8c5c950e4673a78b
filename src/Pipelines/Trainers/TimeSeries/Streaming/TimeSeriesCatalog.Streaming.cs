using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <summary>Finds anomalies (spikes, level changes, unusual patterns) of a metric as its values come; ML.NET does not have it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made: a vector of <see cref="double"/> with alert (1 or 0), score and p-value; see <see cref="StreamingAnomalyDetector"/>.</param>
    /// <param name="inputColumnName">The metric, Single or Double; the output's name when left out. NaN for missing values.</param>
    /// <param name="confidence">An alert needs a p-value of at most 100 less this, in percent; above 0, below 100.</param>
    /// <param name="quietPeriod">After an alert, only a more surprising value alerts again within so many rows; 0 or more.</param>
    public static StreamingAnomalyEstimator DetectStreamingAnomaly(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        double confidence = StreamingAnomalyEstimator.Defaults.Confidence, int quietPeriod = StreamingAnomalyEstimator.Defaults.QuietPeriod)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, new(outputColumnName, inputColumnName), confidence, quietPeriod);
    }

    /// <summary>Finds anomalies among the rows of a view, each judged by the rows before it.</summary>
    /// <returns>The rows with the column that <see cref="DetectStreamingAnomaly"/> makes. They are streamed.</returns>
    /// <inheritdoc cref="DetectStreamingAnomaly"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="input">Rows in the order of time.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The metric.</param>
    /// <param name="confidence">In percent.</param>
    /// <param name="quietPeriod">In rows.</param>
    public static IDataView DetectStreamingAnomalies(this AnomalyDetectionCatalog catalog, IDataView input, string outputColumnName, string? inputColumnName = null,
        double confidence = StreamingAnomalyEstimator.Defaults.Confidence, int quietPeriod = StreamingAnomalyEstimator.Defaults.QuietPeriod)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        var estimator = new StreamingAnomalyEstimator(catalog.Environment, new(outputColumnName, inputColumnName), confidence, quietPeriod);
        estimator.GetOutputSchema(SchemaShape.Create(input.Schema));
        return estimator.Create().Transform(input);
    }
}
