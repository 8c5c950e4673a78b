namespace MLPipelines.Transforms.Text;

/// <summary>What to learn, and how: the parameters of <see cref="LatentDirichletAllocationEstimator"/>, checked.</summary>
internal sealed record TopicSettings(
    int TopicCount, float AlphaSum, float Beta, int Iterations, int LikelihoodInterval, int Threads, int MaximumTokens, int SummaryTerms, int BurninIterations)
{
    /// <summary>How many pseudo-tokens of each topic a document has from the start.</summary>
    internal float Alpha => AlphaSum / TopicCount;

    internal TopicSettings Checked(int samplingStepCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TopicCount, "numberOfTopics");
        ThrowUnlessPositive(AlphaSum, "alphaSum");
        ThrowUnlessPositive(Beta, "beta");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingStepCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Iterations, "maximumNumberOfIterations");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LikelihoodInterval, "likelihoodInterval");
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, "numberOfThreads");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumTokens, "maximumTokenCountPerDocument");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SummaryTerms, "numberOfSummaryTermsPerTopic");
        ArgumentOutOfRangeException.ThrowIfNegative(BurninIterations, "numberOfBurninIterations");
        return this;
    }

    private static void ThrowUnlessPositive(float value, string name)
    {
        if (!(value > 0 && float.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "Expected a positive number.");
    }
}
