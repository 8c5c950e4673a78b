using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>What the options of all LightGBM trainers have.</summary>
public abstract class LightGbmOptionsBase : TrainerInputBaseWithGroupId
{
    private const int ManyRows = 100_000, RowsForCategories = 50_000;

    private protected LightGbmOptionsBase() { }

    /// <summary>The number of rounds: of trees, per class where there are several; above 0.</summary>
    public int NumberOfIterations = Defaults.NumberOfIterations;

    /// <summary>How much of each tree is added; <see langword="null"/> for 0.2, for 0.25 with more than 100,000 rows, for 0.1 with categories.</summary>
    public double? LearningRate;

    /// <summary>The most leaves of a tree, at least 2; <see langword="null"/> for 20, or 30 with more than 100,000 rows.</summary>
    public int? NumberOfLeaves;

    /// <summary>The fewest rows of a leaf; <see langword="null"/> for 20, and for 5 to 50 by the number of rows where there are several classes.</summary>
    public int? MinimumExampleCountPerLeaf;

    /// <summary>The most bins that the values of a feature are put in; above 1. More than 255 count as 255.</summary>
    public int MaximumBinCountPerFeature = 255;

    /// <summary>How trees are added up: <see cref="GradientBooster"/>, <see cref="DartBooster"/> or <see cref="GossBooster"/>.</summary>
    public BoosterParameterBase.OptionsBase Booster { get; set; } = new GradientBooster.Options();

    /// <summary>Without effect: progress goes to the context. Kept so that code ports.</summary>
    public bool Verbose;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool Silent = true;

    /// <summary>The number of threads, above 0; <see langword="null"/> for one per core. The model is the same for any.</summary>
    public int? NumberOfThreads;

    /// <summary>After how many rounds without a better result on the validation set training ends, with the best kept; 0 for never.</summary>
    public int EarlyStoppingRound;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public int BatchSize = 1 << 20;

    /// <summary>
    /// Whether the slots that one-hot encoding made of one column are split as categories of that column; <see langword="null"/> for
    /// with more than 50,000 rows.
    /// </summary>
    public bool? UseCategoricalSplit;

    /// <summary>Without effect: a missing value always has a side of each split. Kept so that code ports.</summary>
    public bool HandleMissingValue = true;

    /// <summary>Without effect: 0 is a number, and missing values are NaN. Kept so that code ports.</summary>
    public bool UseZeroAsMissingValue;

    /// <summary>The rows of the categories that a step of the search adds to a side, at least.</summary>
    public int MinimumExampleCountPerGroup = 100;

    /// <summary>The most categories of the smaller side of a split; above 0.</summary>
    public int MaximumCategoricalSplitPointCount = 32;

    /// <summary>How strongly the order of categories is drawn to 0; at least 0.</summary>
    public double CategoricalSmoothing = 10;

    /// <summary>Added to the regularization of leaves where categories are split; at least 0.</summary>
    public double L2CategoricalRegularization = 10;

    /// <summary>The seed; <see langword="null"/> for that of the context.</summary>
    public int? Seed;

    /// <summary>Without effect: the same seed gives the same model for any number of threads. Kept so that code ports.</summary>
    public bool Deterministic;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool ForceColumnWise;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool ForceRowWise;

    internal virtual void Check()
    {
        OptionCheck.AboveZero(NumberOfIterations, nameof(NumberOfIterations));
        if (LearningRate is { } rate) OptionCheck.AboveZero((float)rate, nameof(LearningRate));
        if (NumberOfLeaves is { } leaves) OptionCheck.Between(2, leaves, int.MaxValue, nameof(NumberOfLeaves));
        if (MinimumExampleCountPerLeaf is { } rows) OptionCheck.Between(0, rows, int.MaxValue, nameof(MinimumExampleCountPerLeaf));
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
        OptionCheck.Between(2, MaximumBinCountPerFeature, int.MaxValue, nameof(MaximumBinCountPerFeature));
        OptionCheck.Between(0, EarlyStoppingRound, int.MaxValue, nameof(EarlyStoppingRound));
        OptionCheck.Between(0, MinimumExampleCountPerGroup, int.MaxValue, nameof(MinimumExampleCountPerGroup));
        OptionCheck.AboveZero(MaximumCategoricalSplitPointCount, nameof(MaximumCategoricalSplitPointCount));
        OptionCheck.NotBelowZero((float)CategoricalSmoothing, nameof(CategoricalSmoothing));
        OptionCheck.NotBelowZero((float)L2CategoricalRegularization, nameof(L2CategoricalRegularization));
        ArgumentNullException.ThrowIfNull(Booster);
        Booster.Check();
    }

    /// <summary>How trees are grown with these options from a training set. What is left open depends on its size, as in ML.NET.</summary>
    internal BoostingOptions ToBoosting(TrainingSet examples, string name, TrainingEnvironment environment)
    {
        bool useCategories = UseCategoricalSplit ?? examples.RowCount > RowsForCategories;
        IReadOnlyList<SlotGroup> groups = useCategories ? SlotGroups.Of(examples) : [];
        int categories = groups.Sum(group => group.Count), rows = examples.RowCount;
        int leaves = NumberOfLeaves ?? (groups.Count > 0 && categories > 100 ? 20 : rows <= ManyRows ? 20 : 30);
        return Booster.ApplyTo(new BoostingOptions
        {
            Name = name,
            Seed = environment.SeedFor(name, Seed),
            Threads = NumberOfThreads,
            TreeCount = NumberOfIterations,
            LeafCount = leaves,
            LearningRate = LearningRate ?? (groups.Count > 0 ? 0.1 : rows <= ManyRows ? 0.2 : 0.25),
            MinimumRowsPerLeaf = MinimumExampleCountPerLeaf ?? (examples.ClassCount > 2 ? Math.Clamp(rows / leaves / examples.ClassCount / 10, 5, 50) : 20),
            MaximumBinCount = Math.Min(255, MaximumBinCountPerFeature),
            ZeroHasABin = true,
            TakesHighestBin = true,
            EarlyStoppingRounds = EarlyStoppingRound,
            OneHotGroups = groups,
            CategorySmoothing = CategoricalSmoothing,
            CategoryL2 = L2CategoricalRegularization,
            MaximumCategoriesPerSplit = MaximumCategoricalSplitPointCount,
            MinimumRowsPerCategoryGroup = MinimumExampleCountPerGroup,
        });
    }

    internal static class Defaults
    {
        internal const int NumberOfIterations = 100;
        internal const double Sigmoid = 0.5;
    }
}
