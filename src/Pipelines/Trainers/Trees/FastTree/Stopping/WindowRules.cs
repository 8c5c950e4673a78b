namespace MLPipelines.Trainers.FastTree;

/// <summary>A rule over the last few training scores.</summary>
public abstract class MovingWindowRule : EarlyStoppingRule
{
    private readonly Queue<float> _window;

    private protected MovingWindowRule(float threshold, int windowSize, bool lowerIsBetter) : base(lowerIsBetter)
    {
        OptionCheck.AboveZero(windowSize, nameof(windowSize));
        (Threshold, WindowSize, _window) = (CheckThreshold(threshold), windowSize, new Queue<float>(windowSize));
    }

    /// <summary>A share of the score, between 0 and 1.</summary>
    public float Threshold { get; }

    /// <summary>The number of scores that are looked at.</summary>
    public int WindowSize { get; }

    /// <summary>1 and the threshold, or less it, for scores that are better the higher they are.</summary>
    private protected float Tolerance => LowerIsBetter ? 1 + Threshold : 1 - Threshold;

    /// <summary>Adds a score; the mean and the best of the last ones, once there are more than the window holds.</summary>
    private protected bool Add(float score, out float mean, out float best)
    {
        bool isFull = _window.Count == WindowSize;
        if (isFull) _window.Dequeue();
        _window.Enqueue(score);
        (mean, best) = (_window.Average(), LowerIsBetter ? _window.Min() : _window.Max());
        return isFull;
    }
}

/// <summary>Stops once the training score hardly changes any more: the mean of the last ones is near the best of them.</summary>
/// <remarks>Prechelt, "Early Stopping — But When?" (1998): training progress.</remarks>
public sealed class LowProgressRule : MovingWindowRule
{
    /// <param name="threshold">How near, as a share of the best.</param>
    /// <param name="windowSize">The number of scores.</param>
    public LowProgressRule(float threshold = 0.01f, int windowSize = 5) : this(threshold, windowSize, lowerIsBetter: true) { }

    private LowProgressRule(float threshold, int windowSize, bool lowerIsBetter) : base(threshold, windowSize, lowerIsBetter) { }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = CheckBestScore(validationScore);
        return Add(trainingScore, out float mean, out float best) && !IsBetter(Tolerance * best, mean);
    }

    internal override EarlyStoppingRuleBase Start(bool lowerIsBetter) => new LowProgressRule(Threshold, WindowSize, lowerIsBetter);
}

/// <summary>Stops once the validation score has lost more than the training score still gains.</summary>
/// <remarks>Prechelt, "Early Stopping — But When?" (1998), class PQ.</remarks>
public sealed class GeneralityToProgressRatioRule : MovingWindowRule
{
    /// <param name="threshold">How much more, as a share.</param>
    /// <param name="windowSize">The number of training scores.</param>
    public GeneralityToProgressRatioRule(float threshold = 0.01f, int windowSize = 5) : this(threshold, windowSize, lowerIsBetter: true) { }

    private GeneralityToProgressRatioRule(float threshold, int windowSize, bool lowerIsBetter) : base(threshold, windowSize, lowerIsBetter) { }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = CheckBestScore(validationScore);
        return Add(trainingScore, out float mean, out float best) && !IsBetter(validationScore * best, Tolerance * BestScore * mean);
    }

    internal override EarlyStoppingRuleBase Start(bool lowerIsBetter) => new GeneralityToProgressRatioRule(Threshold, WindowSize, lowerIsBetter);
}
