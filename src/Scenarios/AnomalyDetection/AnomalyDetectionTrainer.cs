using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Finds what is unusual in a metric, and learns to watch the rows that follow. The metric is held in memory.</summary>
public sealed class AnomalyDetectionTrainer
{
    /// <summary>The column that the model adds.</summary>
    public const string OutputColumn = "Anomaly";

    private readonly MLContext _context;
    private readonly AnomalyDetectionOptions _options;

    public AnomalyDetectionTrainer(MLContext context, AnomalyDetectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        (_context, _options) = (context, options);
    }

    /// <summary>The rows in the order of time are looked at together, then once more one by one.</summary>
    /// <param name="data">Rows of one metric.</param>
    /// <exception cref="MLPipelinesException">There is no value, one is infinite, or a time cannot be read.</exception>
    public AnomalyDetectionResult Train(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var series = MetricSeries.Read(data, _options.ValueColumn, _options.TimeColumn);
        var analysis = AnomalyAnalysis.Of(series, _options.Season);
        var estimator = _context.Transforms.DetectStreamingAnomaly(OutputColumn, _options.ValueColumn, _options.Confidence);
        BlockView rows = Rows(series, data.Schema[_options.ValueColumn].Type);
        return new(estimator.Fit(rows), analysis, Alerts(rows));
    }

    private List<int> Alerts(BlockView rows)
    {
        IDataView watched = _context.AnomalyDetection.DetectStreamingAnomalies(rows, OutputColumn, _options.ValueColumn, _options.Confidence);
        List<int> alerts = [];
        int step = 0;
        foreach (var row in _context.Data.CreateEnumerable<Watched>(watched, reuseRowObject: true))
        {
            if (row.Anomaly[0] == 1) alerts.Add(step);
            step++;
        }
        return alerts;
    }

    /// <summary>The steps as rows in the order of time.</summary>
    private BlockView Rows(MetricSeries series, DataViewType type)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(_options.ValueColumn, type);
        BatchColumn column = BatchColumn.Create(type);
        foreach (double value in series.Values)
        {
            if (column is ValueColumn<float> singles) singles.Append((float)value);
            else ((ValueColumn<double>)column).Append(value);
        }
        return new BlockView(schema.ToSchema(), [[column]]);
    }

    private sealed class Watched
    {
        public double[] Anomaly { get; set; } = [];
    }
}
