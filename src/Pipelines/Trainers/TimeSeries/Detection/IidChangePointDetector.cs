using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Finds where values begin to be unlike those before; see <see cref="IidChangePointEstimator"/>.</summary>
public sealed class IidChangePointDetector : SequentialAnomalyDetector
{
    internal const string StepName = "iid-change-point-detection";

    internal IidChangePointDetector(AnomalyDetection detection) : base(detection) { }

    public override string TypeId => StepName;

    internal static IidChangePointDetector Load(ModelStepReader reader) => new(AnomalyDetection.Load(reader, hasExpectation: false));

    private protected override SequentialAnomalyDetector At(AnomalyDetection detection) => new IidChangePointDetector(detection);
}
