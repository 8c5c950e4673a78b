using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Finds single values that are unlike what is expected of a series with seasons; see <see cref="SsaSpikeEstimator"/>.</summary>
public sealed class SsaSpikeDetector : SequentialAnomalyDetector
{
    internal const string StepName = "ssa-spike-detection";

    internal SsaSpikeDetector(AnomalyDetection detection) : base(detection) { }

    public override string TypeId => StepName;

    internal static SsaSpikeDetector Load(ModelStepReader reader) => new(AnomalyDetection.Load(reader, hasExpectation: true));

    private protected override SequentialAnomalyDetector At(AnomalyDetection detection) => new SsaSpikeDetector(detection);
}
