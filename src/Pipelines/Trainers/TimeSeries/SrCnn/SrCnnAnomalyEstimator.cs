using MLPipelines.Data;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Finds anomalies in a series, point by point, by the spectral residual of the points before (Ren et al. 2019, "Time-Series Anomaly
/// Detection Service at Microsoft"). Nothing is learned from data. The input is <see cref="float"/>; the output is a vector
/// of three numbers: whether the point is an anomaly (1 or 0), its score (a tenth of how far its saliency is above or below the mean
/// of the points before, relative to that mean; an anomaly when it is above the threshold), and its saliency. They are 0
/// until as many points have come as the window has. A value that is not finite is no anomaly and has NaN as score and
/// saliency; the value before it stands in for it.
/// </summary>
public sealed class SrCnnAnomalyEstimator : OneToOneEstimator<SrCnnAnomalyDetector>
{
    private readonly SrCnnSettings _settings;

    internal SrCnnAnomalyEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, SrCnnSettings settings)
        : base(environment, nameof(TimeSeriesCatalog.DetectAnomalyBySrCnn), columns) => _settings = settings.Checked();

    protected override SrCnnAnomalyDetector Fit(BatchView input) => new(Columns[0], _settings, []);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Scalar || !input.ItemType.Equals(NumberDataViewType.Single))
            throw WrongType(input, "Single. Conversion.ConvertType makes it out of other numbers");
        var slotNames = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Double, isKey: false, new SchemaShape([slotNames]));
    }
}
