namespace MLPipelines.Trainers.Trees;

/// <summary>In what order leaves are split.</summary>
internal enum TreeGrowth
{
    /// <summary>The leaf with the greatest gain first.</summary>
    LeafWise,

    /// <summary>All leaves of a level before those of the next.</summary>
    LevelWise,
}

/// <summary>Dropout of trees: Rashmi and Gilad-Bachrach, "DART: Dropouts meet Multiple Additive Regression Trees" (2015).</summary>
/// <param name="DropRate">The chance of a tree of being left out while the next is learned; between 0 and 1.</param>
/// <param name="MaximumDropped">How many rounds are left out at most; at most 0 for no limit.</param>
/// <param name="SkipRate">The chance that nothing is left out in a round.</param>
/// <param name="Uniform">Whether all trees have the same chance; otherwise it grows with a tree's weight.</param>
/// <param name="XgboostWeights">Whether the new tree and the dropped ones get XGBoost's weights: 1 / (k + rate) and k / (k + rate), in place of 1 / (k + 1) and k / (k + 1).</param>
internal sealed record DartOptions(double DropRate = 0.1, int MaximumDropped = 50, double SkipRate = 0.5, bool Uniform = false, bool XgboostWeights = false);

/// <summary>Sampling by gradient: all rows with great gradients, and a share of the others, which count more for it (Ke et al., "LightGBM", 2017).</summary>
/// <param name="TopRate">The share of rows with the greatest gradients that is kept.</param>
/// <param name="OtherRate">The share of all rows that is drawn from the others.</param>
internal sealed record GossOptions(double TopRate = 0.2, double OtherRate = 0.1);

/// <summary>How trees are grown and added up. Immutable; each default once.</summary>
internal sealed record BoostingOptions
{
    /// <summary>The number of rounds; each adds one tree per output.</summary>
    public int TreeCount { get; init; } = 100;

    /// <summary>The number of leaves of a tree; at least 2.</summary>
    public int LeafCount { get; init; } = 31;

    public int MinimumRowsPerLeaf { get; init; } = 20;

    public double MinimumHessianPerLeaf { get; init; } = 1e-3;

    public double LearningRate { get; init; } = 0.1;

    /// <summary>The number of bins of a feature, that of missing values not counted; between 2 and 255.</summary>
    public int MaximumBinCount { get; init; } = 255;

    /// <summary>Whether the sum of the squared counts of bins is made small, in place of filling one bin after the other.</summary>
    public bool EqualBins { get; init; }

    /// <summary>Whether numbers below zero, zero, and numbers above have bins of their own.</summary>
    public bool ZeroHasABin { get; init; }

    /// <summary>How many rows bins are chosen from.</summary>
    public int BinSampleSize { get; init; } = 200_000;

    /// <summary>How many splits lead to a leaf at most; 0 or less for no limit.</summary>
    public int MaximumDepth { get; init; }

    public TreeGrowth Growth { get; init; } = TreeGrowth.LeafWise;

    public double L1 { get; init; }

    public double L2 { get; init; }

    /// <summary>A split gains more than this.</summary>
    public double MinimumGain { get; init; }

    /// <summary>No leaf is greater than this before the learning rate; 0 for no limit.</summary>
    public double MaximumOutput { get; init; }

    /// <summary>The share of rows that a tree learns from.</summary>
    public double RowFraction { get; init; } = 1;

    /// <summary>After how many rounds rows are drawn anew.</summary>
    public int RowFractionEvery { get; init; } = 1;

    /// <summary>The share of features that a tree may use.</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>The share of those features that a split may use.</summary>
    public double FeatureFractionPerSplit { get; init; } = 1;

    /// <summary>Takes each feature of a tree with the chance of <see cref="FeatureFraction"/>, by the numbers of <see cref="Random"/> from this seed; <see langword="null"/> for a share of them.</summary>
    public int? FeatureChanceSeed { get; init; }

    /// <summary>Takes each row with the chance of <see cref="RowFraction"/>, by the numbers of <see cref="Random"/> from this seed after one draw for nothing; <see langword="null"/> for a share of them.</summary>
    public int? RowChanceSeed { get; init; }

    /// <summary>
    /// Looks at the features of a split one after another, and takes one that is better than the best so far with the chance of <see cref="FeatureFractionPerSplit"/>, by the
    /// numbers of <see cref="Random"/> from this seed; <see langword="null"/> for the best of a share of them.
    /// </summary>
    public int? SplitChanceSeed { get; init; }

    /// <summary>What a split by a feature that no split used before has to gain more.</summary>
    public double FirstUsePenalty { get; init; }

    /// <summary>What a split by a feature that n splits used before has to gain more, times ln(n + 1).</summary>
    public double ReusePenalty { get; init; }

    /// <summary>Takes of splits of a feature that are equally good, which differ by bins without rows, the highest; otherwise the lowest.</summary>
    public bool TakesHighestBin { get; init; }

    /// <summary>How many numbers are drawn from <see cref="SplitChanceSeed"/> for each leaf of a tree that is done, for nothing here: samples of labels are drawn otherwise.</summary>
    public int DrawsPerLeaf { get; init; }

    internal bool HasPenalties => FirstUsePenalty > 0 || ReusePenalty > 0;

    internal bool HasSplitChances => SplitChanceSeed is not null && FeatureFractionPerSplit < 1;

    /// <summary>Whether what a tree is like depends on those that were grown before it.</summary>
    internal bool IsInOrder => HasPenalties || HasSplitChances;

    public GossOptions? Goss { get; init; }

    public DartOptions? Dart { get; init; }

    /// <summary>The features whose values are codes of categories: whole numbers from 0.</summary>
    public IReadOnlyList<int> CategoricalFeatures { get; init; } = [];

    /// <summary>Runs of features that are one category each, one-hot: at most one of them is not 0.</summary>
    public IReadOnlyList<SlotGroup> OneHotGroups { get; init; } = [];

    /// <summary>Added to the hessian of a category where categories are put in order.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>Added to <see cref="L2"/> where the categories of a split are chosen by order.</summary>
    public double CategoryL2 { get; init; } = 10;

    /// <summary>How many categories the smaller side of a split has at most.</summary>
    public int MaximumCategoriesPerSplit { get; init; } = 32;

    /// <summary>Up to this many categories, a split parts one of them from the others.</summary>
    public int OneAgainstOthersUpTo { get; init; } = 4;

    /// <summary>The rows of the categories that a step of the search adds to a side, at least.</summary>
    public int MinimumRowsPerCategoryGroup { get; init; } = 100;

    /// <summary>Per feature, 1 where scores may only rise with it, −1 where they may only fall, 0 otherwise; empty for none.</summary>
    public IReadOnlyList<int> MonotoneConstraints { get; init; } = [];

    /// <summary>Ends after so many rounds without a better loss on the validation set, and keeps the best; 0 for never.</summary>
    public int EarlyStoppingRounds { get; init; }

    /// <summary>The number of threads; <see langword="null"/> for all cores. The model does not depend on it.</summary>
    public int? Threads { get; init; }

    public int Seed { get; init; }

    /// <summary>The name in progress reports.</summary>
    public string Name { get; init; } = "GradientBoosting";
}

/// <summary>A run of features.</summary>
internal readonly record struct SlotGroup(int First, int Count);
