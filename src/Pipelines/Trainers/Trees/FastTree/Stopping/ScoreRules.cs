namespace MLPipelines.Trainers.FastTree;

/// <summary>Stops once the validation score is worse than the best by more than a threshold.</summary>
public sealed class TolerantEarlyStoppingRule : EarlyStoppingRule
{
    /// <param name="threshold">How much worse it may be; at least 0.</param>
    public TolerantEarlyStoppingRule(float threshold = 0.01f) : this(threshold, lowerIsBetter: true) => OptionCheck.NotBelowZero(threshold, nameof(threshold));

    private TolerantEarlyStoppingRule(float threshold, bool lowerIsBetter) : base(lowerIsBetter) => Threshold = threshold;

    /// <summary>How much worse than the best the validation score may be.</summary>
    public float Threshold { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = CheckBestScore(validationScore);
        return MathF.Abs(validationScore - BestScore) > Threshold;
    }

    internal override EarlyStoppingRuleBase Start(bool lowerIsBetter) => new TolerantEarlyStoppingRule(Threshold, lowerIsBetter);
}

/// <summary>Stops once the validation score is worse than the best by more than a share of it.</summary>
/// <remarks>Prechelt, "Early Stopping — But When?" (1998), class GL.</remarks>
public sealed class GeneralityLossRule : EarlyStoppingRule
{
    /// <param name="threshold">The share, between 0 and 1: 0.01 for 1 %.</param>
    public GeneralityLossRule(float threshold = 0.01f) : this(CheckThreshold(threshold), lowerIsBetter: true) { }

    private GeneralityLossRule(float threshold, bool lowerIsBetter) : base(lowerIsBetter) => Threshold = threshold;

    /// <summary>The share of the best score that the validation score may be worse.</summary>
    public float Threshold { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = CheckBestScore(validationScore);
        return IsBetter((LowerIsBetter ? 1 + Threshold : 1 - Threshold) * BestScore, validationScore);
    }

    internal override EarlyStoppingRuleBase Start(bool lowerIsBetter) => new GeneralityLossRule(Threshold, lowerIsBetter);
}

/// <summary>Stops once the validation score was worse than the one before it several times in a row.</summary>
/// <remarks>Prechelt, "Early Stopping — But When?" (1998), class UP.</remarks>
public sealed class ConsecutiveGeneralityLossRule : EarlyStoppingRule
{
    private int _losses;
    private float _previous;

    /// <param name="windowSize">How many times in a row; above 0.</param>
    public ConsecutiveGeneralityLossRule(int windowSize = 5) : this(windowSize, lowerIsBetter: true) => OptionCheck.AboveZero(windowSize, nameof(windowSize));

    private ConsecutiveGeneralityLossRule(int windowSize, bool lowerIsBetter) : base(lowerIsBetter) => (WindowSize, _previous) = (windowSize, BestScore);

    /// <summary>How many losses in a row stop the training.</summary>
    public int WindowSize { get; }

    public override bool CheckScore(float validationScore, float trainingScore, out bool isBestCandidate)
    {
        isBestCandidate = CheckBestScore(validationScore);
        _losses = IsBetter(validationScore, _previous) ? 0 : _losses + 1;
        _previous = validationScore;
        return _losses >= WindowSize;
    }

    internal override EarlyStoppingRuleBase Start(bool lowerIsBetter) => new ConsecutiveGeneralityLossRule(WindowSize, lowerIsBetter);
}
