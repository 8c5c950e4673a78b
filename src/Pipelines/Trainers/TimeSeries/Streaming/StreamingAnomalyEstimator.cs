using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Learns to find anomalies of one metric as its values come, without looking ahead. Each value gets three deviations: from a slow
/// average (spikes), of a faster average from the slow one (level changes), and of the last 8 values from the 5 most similar runs among
/// the 500 before (patterns, short seasons). The surprise of a deviation is −ln of the share of the last 5,000 that were as large, with a power
/// law for the largest tenth; the surprise of the value is the mean of the three. Neither units, scale nor noise need be known, memory and
/// time per value are constant, and dozens of values are enough to begin.
/// </summary>
/// <remarks>
/// <para>Fitting reads the rows it is given; the detector goes on from their end. To find anomalies among the rows themselves, use
/// <see cref="TimeSeriesCatalog.DetectStreamingAnomalies"/>.</para>
/// <para>Sources: Burnaev and Ishimtsev 2016, "Conformalized density- and distance-based anomaly detection in time-series data"; Hill 1975, "A Simple
/// General Approach to Inference About the Tail of a Distribution"; measured on the Numenta Anomaly Benchmark (Lavin and Ahmad 2015).</para>
/// </remarks>
public sealed class StreamingAnomalyEstimator : OneToOneEstimator<StreamingAnomalyDetector>
{
    internal static class Defaults
    {
        /// <summary>Half a percent of surprise: about what the Numenta Anomaly Benchmark rewards most.</summary>
        internal const double Confidence = 99.5;

        /// <summary>As long as the slow average remembers.</summary>
        internal const int QuietPeriod = 100;
    }

    private readonly double _confidence;
    private readonly int _quietPeriod;

    internal StreamingAnomalyEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, double confidence, int quietPeriod)
        : base(environment, "DetectStreamingAnomaly", columns)
    {
        if (!(confidence is > 0 and < 100)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "DetectStreamingAnomaly: a confidence is above 0 and below 100 percent.");
        if (quietPeriod is < 0 or > 100_000) throw new ArgumentOutOfRangeException(nameof(quietPeriod), quietPeriod, "DetectStreamingAnomaly: a quiet period is 0 to 100,000 rows.");
        (_confidence, _quietPeriod) = (confidence, quietPeriod);
    }

    /// <summary>A detector that has seen nothing.</summary>
    internal StreamingAnomalyDetector Create() => new(Columns[0], _confidence, new MetricWatch(), new double[_quietPeriod]);

    protected override StreamingAnomalyDetector Fit(BatchView input) => Create().After(input, Environment.CancellationToken);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.IsKey || input.Kind != SchemaShape.Column.VectorKind.Scalar || !StreamingAnomalyDetector.IsNumber(input.ItemType))
            throw WrongType(input, "Single or Double");
        var slotNames = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Double, isKey: false, new SchemaShape([slotNames]));
    }
}
