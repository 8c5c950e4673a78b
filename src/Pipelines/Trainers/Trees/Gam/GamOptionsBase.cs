namespace MLPipelines.Trainers.FastTree;

/// <summary>What the options of trainers of generalized additive models have.</summary>
public abstract class GamOptionsBase : TrainerInputBaseWithWeight
{
    private protected GamOptionsBase() { }

    /// <summary>How much splits into halves of the same count are preferred, between 0 and 1; in millionths of the entropy.</summary>
    public double EntropyCoefficient;

    /// <summary>Without effect: 0 is its only value. Kept so that code ports.</summary>
    public int GainConfidenceLevel;

    /// <summary>The number of rounds, each of one split per feature; above 0.</summary>
    public int NumberOfIterations = Defaults.NumberOfIterations;

    /// <summary>The number of threads, above 0; <see langword="null"/> for one per core. The model is the same for any.</summary>
    public int? NumberOfThreads;

    /// <summary>How much of each split is added; above 0.</summary>
    public double LearningRate = Defaults.LearningRate;

    /// <summary>Without effect: features are held in memory. Kept so that code ports.</summary>
    public bool? DiskTranspose;

    /// <summary>The most bins that the values of a feature are put in; between 1 and 65,000.</summary>
    public int MaximumBinCountPerFeature = Defaults.MaximumBinCountPerFeature;

    /// <summary>The most that a side of a split adds, before the learning rate; at least 0.</summary>
    public double MaximumTreeOutput = double.PositiveInfinity;

    /// <summary>Without effect: gradients are of all examples. Kept so that code ports.</summary>
    public int GetDerivativesSampleRate = 1;

    /// <summary>Without effect: nothing is drawn. Kept so that code ports.</summary>
    public int Seed = 123;

    /// <summary>The fewest examples that a side of a split may have; above 0.</summary>
    public int MinimumExampleCountPerLeaf = 10;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool FeatureFlocks = true;

    /// <summary>Whether, given a validation set, only the rounds are kept up to the best on it.</summary>
    public bool EnablePruning = true;

    internal void Check()
    {
        OptionCheck.Share(EntropyCoefficient, nameof(EntropyCoefficient));
        OptionCheck.AboveZero(NumberOfIterations, nameof(NumberOfIterations));
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
        OptionCheck.AboveZero((float)LearningRate, nameof(LearningRate));
        OptionCheck.Between(1, MaximumBinCountPerFeature, 65_000, nameof(MaximumBinCountPerFeature));
        OptionCheck.AboveZero(MinimumExampleCountPerLeaf, nameof(MinimumExampleCountPerLeaf));
        if (!(MaximumTreeOutput >= 0)) throw new ArgumentOutOfRangeException(nameof(MaximumTreeOutput), MaximumTreeOutput, $"{nameof(MaximumTreeOutput)} is a number of at least 0.");
    }

    internal static class Defaults
    {
        internal const int NumberOfIterations = 9500;
        internal const int MaximumBinCountPerFeature = 255;
        internal const double LearningRate = 0.002;
    }
}
