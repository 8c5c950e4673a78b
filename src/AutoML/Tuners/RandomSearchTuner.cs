using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Points drawn uniformly from the space. A trial's point depends on the seed and the trial's number only.
/// </summary>
internal sealed class RandomSearchTuner(SearchSpace.SearchSpace searchSpace, int? seed = null) : ITuner
{
    private readonly TrialRandom _random = new(seed);

    public Parameter Propose(TrialSettings settings)
    {
        Random random = _random.For(settings.TrialId);
        var point = new double[searchSpace.FeatureSpaceDim];
        for (int i = 0; i < point.Length; i++) point[i] = random.NextDouble();
        return searchSpace.SampleFromFeatureSpace(point);
    }

    public void Update(TrialResult result) { }
}
