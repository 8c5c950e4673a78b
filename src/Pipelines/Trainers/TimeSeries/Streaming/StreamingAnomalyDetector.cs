using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Finds anomalies of a metric as its values come; see <see cref="StreamingAnomalyEstimator"/>. It adds a vector of three numbers:
/// <list type="number">
/// <item>1 for an alert, 0 for none;</item>
/// <item>the score: the surprise in nats where it is larger than at any of the rows of the quiet period before, 0 otherwise, so
/// that a threshold on it alerts once per event;</item>
/// <item>e to the minus surprise, which is like a p-value: small for what is rare.</item>
/// </list>
/// Missing and infinite values are passed over: no alert, and NaN for the other two.
/// </summary>
public sealed class StreamingAnomalyDetector : SequentialTransformer
{
    internal const string StepName = "streaming-anomaly-detector";

    private static readonly string[] SlotNames = ["Alert", "Score", "P-Value"];

    private readonly InputOutputColumnPair _columns;
    private readonly MetricWatch _watch;
    private readonly double[] _quiet;

    internal StreamingAnomalyDetector(InputOutputColumnPair columns, double confidence, MetricWatch watch, double[] quiet) =>
        (_columns, Confidence, _watch, _quiet) = (columns, confidence, watch, quiet);

    public override string TypeId => StepName;

    /// <summary>In percent: an alert needs a p-value of at most what is left of 100.</summary>
    public double Confidence { get; }

    internal static VectorDataViewType OutputType { get; } = new(NumberDataViewType.Double, SlotNames.Length);

    /// <summary>The detector as it is after further rows, which it neither changes nor keeps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or of another type.</exception>
    public StreamingAnomalyDetector After(IDataView rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return After(BatchView.Of(rows), CancellationToken.None);
    }

    internal StreamingAnomalyDetector After(BatchView rows, CancellationToken cancellation)
    {
        SequentialMapper mapper = CreateMapper(rows.Schema);
        BatchColumn[] outputs = [BatchColumn.Create(OutputType)];
        using BatchCursor cursor = rows.OpenBatches(ColumnSet.Of(rows.Schema, mapper.Sources));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            outputs[0].Clear();
            for (int row = 0; row < batch.RowCount; row++) mapper.Map(batch, row, outputs);
        }
        return (StreamingAnomalyDetector)mapper.ToTransformer();
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("input", _columns.InputColumnName);
        writer.Set("output", _columns.OutputColumnName);
        writer.Set("confidence", Confidence);
        writer.WriteArray<double>("quiet", _quiet, _quiet.Length);
        _watch.Save(writer);
    }

    internal static StreamingAnomalyDetector Load(ModelStepReader reader)
    {
        double confidence = reader.GetDouble("confidence");
        if (!(confidence is > 0 and < 100)) throw reader.Invalid($"its confidence is {confidence} percent");
        double[] quiet = reader.ReadArray<double>("quiet", -1);
        if (Array.Exists(quiet, surprise => !double.IsFinite(surprise))) throw reader.Invalid("its last surprises are not finite numbers");
        return new(new(reader.GetString("output"), reader.GetString("input")), confidence, MetricWatch.Load(reader), quiet);
    }

    internal override SequentialMapper CreateMapper(DataViewSchema input)
    {
        DataViewSchema.Column column = input.GetColumnOrNull(_columns.InputColumnName) ??
            throw new ArgumentOutOfRangeException(nameof(input), $"{StepName}: column '{_columns.InputColumnName}' is absent. The columns are: {input}.");
        if (!IsNumber(column.Type)) throw ColumnTypeException.Create(StepName, column, "Single or Double");
        return new Mapper(this, input, column);
    }

    internal static bool IsNumber(DataViewType type) => type.Equals(NumberDataViewType.Single) || type.Equals(NumberDataViewType.Double);

    private sealed class Mapper(StreamingAnomalyDetector start, DataViewSchema input, DataViewSchema.Column column)
        : SequentialMapper(input, [new(start._columns.OutputColumnName, OutputType, ColumnAnnotations.WithSlotNames(SlotNames))])
    {
        private readonly bool _isSingle = column.Type.Equals(NumberDataViewType.Single);
        private readonly double _threshold = -Math.Log((100 - start.Confidence) / 100);
        private readonly MetricWatch _watch = start._watch.Copy();

        // The surprises of the last rows, oldest first.
        private readonly double[] _quiet = [.. start._quiet];

        internal override IReadOnlyList<int> Sources { get; } = [column.Index];

        internal override void Map(Batch rows, int row, BatchColumn[] outputs)
        {
            double value = _isSingle ? ((ValueColumn<float>)rows[column.Index]).Values[row] : ((ValueColumn<double>)rows[column.Index]).Values[row];
            Span<double> output = ((VectorColumn<double>)outputs[0]).AppendDense(SlotNames.Length);
            if (!double.IsFinite(value))
            {
                (output[0], output[1], output[2]) = (0, double.NaN, double.NaN);
                return;
            }
            double surprise = _watch.Observe(value);
            double largest = 0;
            foreach (double before in _quiet) largest = Math.Max(largest, before);
            if (_quiet.Length > 0)
            {
                _quiet.AsSpan(1).CopyTo(_quiet);
                _quiet[^1] = surprise;
            }
            double score = surprise > largest ? surprise : 0;
            (output[0], output[1], output[2]) = (score >= _threshold ? 1 : 0, score, Math.Exp(-surprise));
        }

        internal override SequentialTransformer ToTransformer() => new StreamingAnomalyDetector(start._columns, start.Confidence, _watch.Copy(), [.. _quiet]);
    }
}
