using MLPipelines.Data;
using MLPipelines.TimeSeries;
using MLPipelines.Transforms;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <summary>Finds anomalies in a series point by point; see <see cref="SrCnnAnomalyEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">A vector of three <see cref="double"/>: whether the point is an anomaly (1 or 0), its score, its saliency.</param>
    /// <param name="inputColumnName">The series, <see cref="float"/>.</param>
    /// <param name="windowSize">How many points are looked at; from 3 on. More see longer patterns, and cost more per point.</param>
    /// <param name="backAddWindowSize">How many guessed points are put behind them; from 1 on.</param>
    /// <param name="lookaheadWindowSize">From how many slopes the next point is guessed; from 1 to two less than the window has.</param>
    /// <param name="averagingWindowSize">How many frequencies are averaged; from 1 to the size of the window.</param>
    /// <param name="judgementWindowSize">How many points a point is compared with; from 1 to the size of the window.</param>
    /// <param name="threshold">The score above which a point is an anomaly; between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static SrCnnAnomalyEstimator DetectAnomalyBySrCnn(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName,
        int windowSize = 64, int backAddWindowSize = 5, int lookaheadWindowSize = 5, int averagingWindowSize = 3, int judgementWindowSize = 21, double threshold = 0.3)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName),
            new SrCnnSettings(windowSize, backAddWindowSize, lookaheadWindowSize, averagingWindowSize, judgementWindowSize, threshold));
    }

    /// <inheritdoc cref="DetectEntireAnomalyBySrCnn(AnomalyDetectionCatalog, IDataView, string, string, SrCnnEntireAnomalyDetectorOptions)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="input">The data.</param>
    /// <param name="outputColumnName">A vector of <see cref="double"/>, which <paramref name="detectMode"/> describes.</param>
    /// <param name="inputColumnName">The series, <see cref="double"/>.</param>
    /// <param name="threshold">The score above which a point may be an anomaly; from 0 to 1.</param>
    /// <param name="batchSize">How many points are looked at together; at least 12, or -1 for all.</param>
    /// <param name="sensitivity">How narrow the margin is; from 0 to 100.</param>
    /// <param name="detectMode">What is told about each point.</param>
    public static IDataView DetectEntireAnomalyBySrCnn(this AnomalyDetectionCatalog catalog, IDataView input, string outputColumnName, string inputColumnName,
        double threshold = 0.3, int batchSize = 1024, double sensitivity = 99, SrCnnDetectMode detectMode = SrCnnDetectMode.AnomalyOnly) =>
        DetectEntireAnomalyBySrCnn(catalog, input, outputColumnName, inputColumnName,
            new SrCnnEntireAnomalyDetectorOptions { Threshold = threshold, BatchSize = batchSize, Sensitivity = sensitivity, DetectMode = detectMode });

    /// <summary>
    /// Finds anomalies in a whole series by its spectral residual (Ren et al. 2019, "Time-Series Anomaly Detection Service at Microsoft"), a
    /// batch of points at a time. A last batch of less than 12 points is looked at together with the end of the one before.
    /// Nothing is computed until the result is read; memory holds one batch.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="input">The data.</param>
    /// <param name="outputColumnName">A vector of <see cref="double"/>, which <see cref="SrCnnEntireAnomalyDetectorOptions.DetectMode"/> describes.</param>
    /// <param name="inputColumnName">The series, <see cref="double"/>.</param>
    /// <param name="options">Settings.</param>
    /// <returns>The data with the column added. Reading it fails with an <see cref="MLPipelinesException"/> on a value that is not finite, on less
    /// than 12 rows, and on a batch of less than two periods.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or not <see cref="double"/>, or a setting is out of its range.</exception>
    public static IDataView DetectEntireAnomalyBySrCnn(this AnomalyDetectionCatalog catalog, IDataView input, string outputColumnName, string inputColumnName,
        SrCnnEntireAnomalyDetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        DataViewSchema.Column column = SeriesColumn.Require(input.Schema, inputColumnName, nameof(DetectEntireAnomalyBySrCnn), NumberDataViewType.Double);
        return new EntireAnomalyView(BatchView.Of(input), column, outputColumnName, options.Checked());
    }
}
