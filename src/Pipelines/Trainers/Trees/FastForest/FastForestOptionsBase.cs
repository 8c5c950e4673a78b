namespace MLPipelines.Trainers.FastTree;

/// <summary>What the options of trainers of forests have.</summary>
public abstract class FastForestOptionsBase : TreeOptions
{
    private protected FastForestOptionsBase() => (FeatureFraction, BaggingSize, FeatureFractionPerSplit) = (0.7, 1, 0.7);

    /// <summary>How many labels a leaf remembers for quantiles; at least 0, which remembers none. Without effect for two classes.</summary>
    public int NumberOfQuantileSamples = 100;

    internal override void Check()
    {
        base.Check();
        OptionCheck.Between(0, NumberOfQuantileSamples, int.MaxValue, nameof(NumberOfQuantileSamples));
    }
}
