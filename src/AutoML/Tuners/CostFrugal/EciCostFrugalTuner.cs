using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Shares the time among the learners of a sweepable pipeline: each trial goes to a learner with a chance that is inverse to
/// what its next improvement is expected to cost, and within a learner direct search decides. The first two trials go to the
/// first learner: its cheap start, so that there is a model at once, and the first of the options that are known to be good.
/// Without a sweepable pipeline in the space it is <see cref="CostFrugalTuner"/>.
/// </summary>
internal sealed class EciCostFrugalTuner : ITuner
{
    private readonly LearnerSpaces _spaces;
    private readonly IReadOnlyList<Learner> _learners;
    private readonly TrialRandom _random;
    private int _proposed;

    /// <param name="searchSpace">The space of a sweepable pipeline, or one that holds such a space beside other options.</param>
    /// <param name="trialResults">What earlier trials gave.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    public EciCostFrugalTuner(SearchSpace.SearchSpace searchSpace, IEnumerable<TrialResult>? trialResults = null, int? seed = null)
    {
        _random = new TrialRandom(seed);
        _spaces = new LearnerSpaces(searchSpace);
        _learners = [.. _spaces.All.Select(space => new Learner(space.Space, space.Starts, _spaces.Cost))];
        foreach (TrialResult result in trialResults ?? []) Update(result);
    }

    public Parameter Propose(TrialSettings settings)
    {
        Random random = _random.For(settings);
        return (_proposed++ < 2 ? _learners[0] : Draw(random)).Propose(random);
    }

    public void Update(TrialResult result) =>
        _learners[_spaces.IndexOf(result.TrialSettings.Parameter)].Update(result.TrialSettings.Parameter, result.IsSucceed ? result.Loss : double.PositiveInfinity);

    private Learner Draw(Random random)
    {
        double best = _learners.Min(learner => learner.BestLoss);
        double[] weights = [.. _learners.Select(learner => 1 / Math.Max(learner.CostOfImprovement(best), 1e-9))];
        double rest = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Length - 1; i++)
        {
            rest -= weights[i];
            if (rest < 0) return _learners[i];
        }
        return _learners[^1];
    }
}
