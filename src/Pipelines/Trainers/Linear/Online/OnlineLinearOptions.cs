namespace MLPipelines.Trainers;

/// <summary>Options of the trainers that improve a linear function example by example.</summary>
public abstract class OnlineLinearOptions : TrainerInputBaseWithLabel
{
    private protected OnlineLinearOptions() { }

    /// <summary>The number of passes over the examples; at least 1.</summary>
    public int NumberOfIterations = OnlineDefault.NumberOfIterations;

    /// <summary>Weights and bias start at random between plus and minus half of this; 0 starts at 0.</summary>
    public float InitialWeightsDiameter;

    /// <summary>Whether examples are visited in a new random order in each pass.</summary>
    public bool Shuffle = true;

    internal static class OnlineDefault
    {
        internal const int NumberOfIterations = 1;
    }

    internal virtual void Check()
    {
        OptionCheck.AboveZero(NumberOfIterations, nameof(NumberOfIterations));
        OptionCheck.NotBelowZero(InitialWeightsDiameter, nameof(InitialWeightsDiameter));
    }
}

/// <summary>Options of the trainers whose result is the average of the weights after each example.</summary>
public abstract class AveragedLinearOptions : OnlineLinearOptions
{
    private protected AveragedLinearOptions() { }

    /// <summary>How far a step goes against the derivative of the loss; above 0.</summary>
    public float LearningRate = AveragedDefault.LearningRate;

    /// <summary>Whether the learning rate is divided by the square root of the number of examples seen.</summary>
    public bool DecreaseLearningRate = AveragedDefault.DecreaseLearningRate;

    /// <summary>After how many examples of a pass the weights become the average so far; <see langword="null"/> for never.</summary>
    public long? ResetWeightsAfterXExamples;

    /// <summary>Without effect: averages are exact and cost only what an example changes. Kept so that code ports.</summary>
    public bool LazyUpdate = true;

    /// <summary>How fast weights shrink: each example multiplies them by 1 − 2 × this; at least 0 and below 0.5.</summary>
    public float L2Regularization = AveragedDefault.L2Regularization;

    /// <summary>How much more each example counts in the average than the one before: so much more, or, with <see cref="RecencyGainMultiplicative"/>, times so much. 0: all count the same.</summary>
    public float RecencyGain;

    /// <summary>Whether <see cref="RecencyGain"/> is a factor.</summary>
    public bool RecencyGainMultiplicative;

    /// <summary>Whether the result is the average of the weights; otherwise the last ones.</summary>
    public bool Averaged = true;

    internal static class AveragedDefault
    {
        internal const float LearningRate = 1;
        internal const bool DecreaseLearningRate = false;
        internal const float L2Regularization = 0;
    }

    internal override void Check()
    {
        base.Check();
        OptionCheck.AboveZero(LearningRate, nameof(LearningRate));
        OptionCheck.NotBelowZero(RecencyGain, nameof(RecencyGain));
        if (!(L2Regularization is >= 0 and < 0.5f))
            throw new ArgumentOutOfRangeException(nameof(L2Regularization), L2Regularization, "L2Regularization is a number of at least 0 and below 0.5.");
        if (ResetWeightsAfterXExamples is <= 0)
            throw new ArgumentOutOfRangeException(nameof(ResetWeightsAfterXExamples), ResetWeightsAfterXExamples, "ResetWeightsAfterXExamples is a whole number above 0.");
    }
}
