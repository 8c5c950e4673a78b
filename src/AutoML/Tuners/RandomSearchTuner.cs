using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Points drawn uniformly from the space. A trial's point depends on the seed and the trial's number only.</summary>
internal sealed class RandomSearchTuner(SearchSpace.SearchSpace searchSpace, int? seed = null) : ITuner
{
    private readonly TrialRandom _random = new(seed);

    public Parameter Propose(TrialSettings settings) => searchSpace.SampleFromFeatureSpace(UniformPoint(searchSpace.FeatureSpaceDim, _random.For(settings)));

    public void Update(TrialResult result) { }

    internal static double[] UniformPoint(int dimensions, Random random)
    {
        var point = new double[dimensions];
        for (int i = 0; i < point.Length; i++) point[i] = random.NextDouble();
        return point;
    }
}
