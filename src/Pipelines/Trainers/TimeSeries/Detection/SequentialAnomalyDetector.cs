using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Judges each row by the rows before it. A value that is no finite number is not judged: its scores are NaN, and no alert.</summary>
public abstract class SequentialAnomalyDetector : SequentialTransformer
{
    private static readonly string[] SlotNames = ["Alert", "Raw Score", "P-Value Score", "Martingale Score"];

    private readonly AnomalyDetection _detection;

    private protected SequentialAnomalyDetector(AnomalyDetection detection) => _detection = detection;

    public override void Save(ModelStepWriter writer) => _detection.Save(writer);

    internal override SequentialMapper CreateMapper(DataViewSchema input)
    {
        DataViewSchema.Column source = SeriesColumn.Require(input, _detection.Input, TypeId);
        int length = _detection.Rule.Length;
        var added = new AddedColumn(_detection.Output, new VectorDataViewType(NumberDataViewType.Double, length), ColumnAnnotations.WithSlotNames(SlotNames[..length]));
        return new Mapper(input, added, source.Index, this);
    }

    /// <summary>The detector after more rows.</summary>
    private protected abstract SequentialAnomalyDetector At(AnomalyDetection detection);

    private sealed class Mapper(DataViewSchema input, AddedColumn added, int source, SequentialAnomalyDetector detector) : SequentialMapper(input, [added])
    {
        private readonly AnomalyDetection _detection = detector._detection.Copy();

        internal override IReadOnlyList<int> Sources { get; } = [source];

        internal override void Map(Batch rows, int row, BatchColumn[] outputs) => Add(rows, row, outputs, isEngine: false);

        internal override void Follow(Batch rows, int row, BatchColumn[] outputs, ForecastRequest request) => Add(rows, row, outputs, isEngine: true);

        internal override SequentialTransformer ToTransformer() => detector.At(_detection.Copy());

        private void Add(Batch rows, int row, BatchColumn[] outputs, bool isEngine) =>
            _detection.Add(((ValueColumn<float>)rows[source]).Values[row], ((VectorColumn<double>)outputs[0]).AppendDense(_detection.Rule.Length), isEngine);
    }
}
