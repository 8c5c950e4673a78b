namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Says after each tree whether to stop. A rule that is set as an option holds its numbers only; each training starts one of its own,
/// which then follows the scores.
/// </summary>
public abstract class EarlyStoppingRuleBase
{
    private protected EarlyStoppingRuleBase() { }

    /// <summary>Whether to stop, after one more tree.</summary>
    /// <param name="validationScore">What is measured on the validation set; not below 0.</param>
    /// <param name="trainingScore">What is measured on the training set; not below 0.</param>
    /// <param name="isBestCandidate">Whether the validation score is the best so far.</param>
    public abstract bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate);

    /// <summary>A rule of the same numbers that has seen no score yet.</summary>
    internal abstract EarlyStoppingRuleBase Start(bool lowerIsBetter);
}

/// <summary>A rule that remembers the best validation score.</summary>
public abstract class EarlyStoppingRule : EarlyStoppingRuleBase
{
    private protected EarlyStoppingRule(bool lowerIsBetter) =>
        (LowerIsBetter, BestScore) = (lowerIsBetter, lowerIsBetter ? float.PositiveInfinity : float.NegativeInfinity);

    private protected bool LowerIsBetter { get; }

    private protected float BestScore { get; private set; }

    /// <summary>Whether a score is better than another.</summary>
    private protected bool IsBetter(float score, float other) => LowerIsBetter ? score < other : score > other;

    /// <summary>Remembers a score that is the best so far.</summary>
    private protected bool CheckBestScore(float score)
    {
        if (!IsBetter(score, BestScore)) return false;
        BestScore = score;
        return true;
    }

    private protected static float CheckThreshold(float threshold)
    {
        OptionCheck.Share(threshold, nameof(threshold));
        return threshold;
    }
}
