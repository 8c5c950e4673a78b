using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Direct search from a cheap start, over the whole space at once. See <see cref="DirectSearch"/>.</summary>
internal sealed class CostFrugalTuner : ITuner
{
    private readonly Learner _learner;
    private readonly TrialRandom _random;

    /// <param name="searchSpace">The space.</param>
    /// <param name="initValue">Where to start; the space's default if not given.</param>
    /// <param name="trialResults">What earlier trials gave.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    public CostFrugalTuner(SearchSpace.SearchSpace searchSpace, Parameter? initValue = null, IEnumerable<TrialResult>? trialResults = null, int? seed = null)
    {
        _random = new TrialRandom(seed);
        _learner = new Learner(searchSpace, [initValue is null ? searchSpace.Default : searchSpace.MappingToFeatureSpace(initValue)], _ => 1);
        foreach (TrialResult result in trialResults ?? []) Update(result);
    }

    public Parameter Propose(TrialSettings settings) => _learner.Propose(_random.For(settings));

    public void Update(TrialResult result) => _learner.Update(result.TrialSettings.Parameter, result.IsSucceed ? result.Loss : double.PositiveInfinity);
}
