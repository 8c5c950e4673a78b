using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Proposes what to try next and learns from results. What it proposes depends on its seed, the number of the trial and the
/// results it was told, in their order, and not on the clock. Several trials may be on their way at once, results come in any
/// order, and a result of a trial that it never proposed (from an earlier run) counts as well. Calls come from one thread at
/// a time.
/// </summary>
public interface ITuner
{
    /// <summary>What to try in a trial.</summary>
    Parameter Propose(TrialSettings settings);

    /// <summary>What became of a trial, failed ones included.</summary>
    void Update(TrialResult result);
}
