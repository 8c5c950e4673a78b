using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Finds single values that are unlike those before them; see <see cref="IidSpikeEstimator"/>.</summary>
public sealed class IidSpikeDetector : SequentialAnomalyDetector
{
    internal const string StepName = "iid-spike-detection";

    internal IidSpikeDetector(AnomalyDetection detection) : base(detection) { }

    public override string TypeId => StepName;

    internal static IidSpikeDetector Load(ModelStepReader reader) => new(AnomalyDetection.Load(reader, hasExpectation: false));

    private protected override SequentialAnomalyDetector At(AnomalyDetection detection) => new IidSpikeDetector(detection);
}
