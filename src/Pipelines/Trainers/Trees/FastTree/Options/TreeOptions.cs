using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>How categories would be bundled before they are split on; without effect here.</summary>
public enum Bundle : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Rare ones together.</summary>
    AggregateLowPopulation = 1,

    /// <summary>Neighbours together.</summary>
    Adjacent = 2,
}

/// <summary>What the options of all trainers of trees have.</summary>
public abstract class TreeOptions : TrainerInputBaseWithGroupId
{
    private protected TreeOptions() { }

    /// <summary>The number of threads, above 0; <see langword="null"/> for one per core. The model is the same for any.</summary>
    public int? NumberOfThreads;

    /// <summary>The seed of what is drawn: rows, features, and trees that are left out. It wins over that of the context.</summary>
    public int Seed = 123;

    /// <summary>The seed that the features of trees are drawn by.</summary>
    public int FeatureSelectionSeed = 123;

    /// <summary>Without effect: the gain alone decides; between 0 and 1. Kept so that code ports.</summary>
    public double EntropyCoefficient;

    /// <summary>Without effect: histograms are kept for all leaves. Kept so that code ports.</summary>
    public int HistogramPoolSize = -1;

    /// <summary>Without effect: features are held in memory. Kept so that code ports.</summary>
    public bool? DiskTranspose;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool FeatureFlocks = true;

    /// <summary>Whether the slots that one-hot encoding made of one column are split as categories of that column.</summary>
    public bool CategoricalSplit;

    /// <summary>Without effect: categories are split in the order of their gradients. Kept so that code ports.</summary>
    public int MaximumCategoricalGroupCountPerNode = 64;

    /// <summary>The most categories that a split takes out of the others.</summary>
    public int MaximumCategoricalSplitPointCount = 64;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public double MinimumExampleFractionForCategoricalSplit = 0.001;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public int MinimumExamplesForCategoricalSplit = 100;

    /// <summary>How strongly the order of categories is drawn to 0, in examples; at least 0.</summary>
    public double Bias;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public Bundle Bundling = Bundle.None;

    /// <summary>The most bins that the values of a feature are put in; above 0. More than 255 count as 255.</summary>
    public int MaximumBinCountPerFeature = 255;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public double SparsifyThreshold = 0.7;

    /// <summary>What a split by a feature that no split used before has to gain more; at least 0.</summary>
    public double FeatureFirstUsePenalty;

    /// <summary>What a split by a feature that n splits used before has to gain more, times ln(n + 1); at least 0.</summary>
    public double FeatureReusePenalty;

    /// <summary>Without effect: every gain counts; at least 0 and below 1. Kept so that code ports.</summary>
    public double GainConfidenceLevel;

    /// <summary>Without effect: the best feature is taken. Kept so that code ports.</summary>
    public double SoftmaxTemperature;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool ExecutionTime;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool MemoryStatistics = true;

    /// <summary>The most leaves of a tree; at least 2.</summary>
    public int NumberOfLeaves = Defaults.NumberOfLeaves;

    /// <summary>The fewest examples that a leaf may have.</summary>
    public int MinimumExampleCountPerLeaf = Defaults.MinimumExampleCountPerLeaf;

    /// <summary>The number of trees; above 0.</summary>
    public int NumberOfTrees = Defaults.NumberOfTrees;

    /// <summary>The chance of each feature to be one that a tree may use, between 0 and 1.</summary>
    public double FeatureFraction = 1;

    /// <summary>After how many trees other examples are drawn; 0 for learning from all.</summary>
    public int BaggingSize;

    /// <summary>The share of the examples that are drawn; between 0 and 1.</summary>
    public double BaggingExampleFraction = 0.7;

    /// <summary>The share of those features that a split may use, between 0 and 1; one at least.</summary>
    public double FeatureFractionPerSplit = 1;

    /// <summary>Without effect: leaves are not smoothed; between 0 and 1. Kept so that code ports.</summary>
    public double Smoothing;

    /// <summary>Without effect: where no split gains anything, a tree is one leaf. Kept so that code ports.</summary>
    public bool AllowEmptyTrees = true;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool CompressEnsemble;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public int TestFrequency = int.MaxValue;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal virtual void Check()
    {
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
        OptionCheck.Between(2, NumberOfLeaves, int.MaxValue, nameof(NumberOfLeaves));
        OptionCheck.AboveZero(NumberOfTrees, nameof(NumberOfTrees));
        OptionCheck.Between(0, MinimumExampleCountPerLeaf, int.MaxValue, nameof(MinimumExampleCountPerLeaf));
        OptionCheck.AboveZero(MaximumBinCountPerFeature, nameof(MaximumBinCountPerFeature));
        OptionCheck.Share(EntropyCoefficient, nameof(EntropyCoefficient));
        OptionCheck.Share(FeatureFraction, nameof(FeatureFraction));
        OptionCheck.Share(FeatureFractionPerSplit, nameof(FeatureFractionPerSplit));
        OptionCheck.Share(BaggingExampleFraction, nameof(BaggingExampleFraction));
        OptionCheck.Share(Smoothing, nameof(Smoothing));
        OptionCheck.Share(SparsifyThreshold, nameof(SparsifyThreshold));
        OptionCheck.Between(0, BaggingSize, int.MaxValue, nameof(BaggingSize));
        OptionCheck.Between(0, MaximumCategoricalGroupCountPerNode, int.MaxValue, nameof(MaximumCategoricalGroupCountPerNode));
        OptionCheck.Between(0, MaximumCategoricalSplitPointCount, int.MaxValue, nameof(MaximumCategoricalSplitPointCount));
        OptionCheck.Between(0, MinimumExamplesForCategoricalSplit, int.MaxValue, nameof(MinimumExamplesForCategoricalSplit));
        OptionCheck.NotBelowZero((float)MinimumExampleFractionForCategoricalSplit, nameof(MinimumExampleFractionForCategoricalSplit));
        OptionCheck.NotBelowZero((float)FeatureFirstUsePenalty, nameof(FeatureFirstUsePenalty));
        OptionCheck.NotBelowZero((float)FeatureReusePenalty, nameof(FeatureReusePenalty));
        OptionCheck.NotBelowZero((float)SoftmaxTemperature, nameof(SoftmaxTemperature));
        OptionCheck.NotBelowZero((float)Bias, nameof(Bias));
        if (!(GainConfidenceLevel is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(GainConfidenceLevel), GainConfidenceLevel, $"{nameof(GainConfidenceLevel)} is a number of at least 0 and below 1.");
    }

    /// <summary>How trees are grown with these options.</summary>
    internal virtual BoostingOptions ToBoosting(TrainingSet examples, string name, TrainingEnvironment environment) => new()
    {
        Name = name,
        Seed = environment.SeedFor(name, Seed),
        Threads = NumberOfThreads,
        TreeCount = NumberOfTrees,
        LeafCount = NumberOfLeaves,
        MinimumRowsPerLeaf = Math.Max(1, MinimumExampleCountPerLeaf),
        MinimumHessianPerLeaf = 0,
        MaximumBinCount = Math.Clamp(MaximumBinCountPerFeature, 2, 255),
        EqualBins = true,
        TakesHighestBin = true,
        RowFraction = BaggingSize > 0 ? AboveZero(BaggingExampleFraction) : 1,
        RowFractionEvery = Math.Max(1, BaggingSize),
        FeatureFraction = AboveZero(FeatureFraction),
        FeatureChanceSeed = FeatureSelectionSeed,
        RowChanceSeed = Seed,
        SplitChanceSeed = Seed,
        FirstUsePenalty = FeatureFirstUsePenalty,
        ReusePenalty = FeatureReusePenalty,
        FeatureFractionPerSplit = AboveZero(FeatureFractionPerSplit),
        OneHotGroups = CategoricalSplit ? SlotGroups.Of(examples) : [],
        CategorySmoothing = Bias,
        CategoryL2 = 0,
        MaximumCategoriesPerSplit = Math.Max(1, MaximumCategoricalSplitPointCount),
        MinimumRowsPerCategoryGroup = Math.Max(1, MinimumExampleCountPerLeaf),
    };

    // One row or feature there is always.
    private static double AboveZero(double share) => Math.Max(share, 1e-12);

    internal static class Defaults
    {
        internal const int NumberOfTrees = 100;
        internal const int NumberOfLeaves = 20;
        internal const int MinimumExampleCountPerLeaf = 10;
        internal const double LearningRate = 0.2;
    }
}
