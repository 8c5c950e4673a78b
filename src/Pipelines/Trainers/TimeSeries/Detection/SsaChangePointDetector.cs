using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Finds where a series with seasons begins to be unlike what is expected; see <see cref="SsaChangePointEstimator"/>.</summary>
public sealed class SsaChangePointDetector : SequentialAnomalyDetector
{
    internal const string StepName = "ssa-change-point-detection";

    internal SsaChangePointDetector(AnomalyDetection detection) : base(detection) { }

    public override string TypeId => StepName;

    internal static SsaChangePointDetector Load(ModelStepReader reader) => new(AnomalyDetection.Load(reader, hasExpectation: true));

    private protected override SequentialAnomalyDetector At(AnomalyDetection detection) => new SsaChangePointDetector(detection);
}
