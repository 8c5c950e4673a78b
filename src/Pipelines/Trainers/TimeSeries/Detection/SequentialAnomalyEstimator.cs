using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Makes a detector that judges each row by the rows before it.</summary>
/// <typeparam name="TDetector">The detector.</typeparam>
public abstract class SequentialAnomalyEstimator<TDetector> : IEstimator<TDetector> where TDetector : SequentialAnomalyDetector
{
    private readonly string _output;
    private readonly string _input;
    private readonly string _step;
    private readonly AnomalyRule _rule;

    private protected SequentialAnomalyEstimator(string step, string output, string? input, AnomalyRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(output, "outputColumnName");
        (_step, _output, _input, _rule) = (step, output, string.IsNullOrEmpty(input) ? output : input, rule);
    }

    /// <summary>Makes a detector that has seen no row yet; one that expects seasons is trained on the first rows.</summary>
    /// <exception cref="ArgumentException">The column is absent, of another type, too short to train on, or infinite.</exception>
    public TDetector Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column source = SeriesColumn.Require(input.Schema, _input, _step);
        return Create(new AnomalyDetection(_output, _input, _rule, new AnomalyScores(_rule), Train(input, source)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SeriesColumn.Require(inputSchema, _input, _step);
        var slotNames = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        return inputSchema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Double, isKey: false, new SchemaShape([slotNames])));
    }

    private protected virtual SsaExpectation? Train(IDataView input, DataViewSchema.Column source) => null;

    private protected abstract TDetector Create(AnomalyDetection detection);
}
