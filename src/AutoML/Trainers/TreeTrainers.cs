using MLPipelines.AutoML.CodeGen;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>
/// The trainers of trees that a search may choose. Each space starts at a few small trees, which are learned in moments; then
/// come options that are good on most tables, from fast to thorough.
/// </summary>
internal static class TreeTrainers
{
    /// <summary>
    /// The slope of the sigmoid that makes a probability of the mean vote of a forest, −1 to 1: near enough to (1 + vote) / 2, and
    /// unlike a sigmoid learned from the rows that the forest learned from, not too sure.
    /// </summary>
    private const double VoteSlope = -2.5;

    /// <summary>The limit of what a tree adds is meant for scores of classes; labels may be of any size.</summary>
    private const double NoLimit = 1e30;

    public static SweepableTrainer<LgbmOption> LightGbmBinary { get; } = new("LightGbmBinary",
        (context, o) => context.BinaryClassification.Trainers.LightGbm(LightGbm<LightGbmBinaryTrainer.Options>(o)),
        o => $"mlContext.BinaryClassification.Trainers.LightGbm({Code("LightGbmBinaryTrainer.Options", o)})") { Cost = Cost, StartingPoints = LightGbmStarts() };

    public static SweepableTrainer<LgbmOption> LightGbmMulti { get; } = new("LightGbmMulti",
        (context, o) => context.MulticlassClassification.Trainers.LightGbm(Softmax(LightGbm<LightGbmMulticlassTrainer.Options>(o))),
        o => $"mlContext.MulticlassClassification.Trainers.LightGbm({Code("LightGbmMulticlassTrainer.Options", o, ("UseSoftmax", true))})") { Cost = Cost, StartingPoints = LightGbmStarts() };

    public static SweepableTrainer<LgbmOption> LightGbmRegression { get; } = new("LightGbmRegression",
        (context, o) => context.Regression.Trainers.LightGbm(LightGbm<LightGbmRegressionTrainer.Options>(o)),
        o => $"mlContext.Regression.Trainers.LightGbm({Code("LightGbmRegressionTrainer.Options", o)})") { Cost = Cost, StartingPoints = LightGbmStarts() };

    public static SweepableTrainer<FastTreeOption> FastTreeBinary { get; } = new("FastTreeBinary",
        (context, o) => context.BinaryClassification.Trainers.FastTree(FastTree<FastTreeBinaryTrainer.Options>(o)),
        o => $"mlContext.BinaryClassification.Trainers.FastTree({Code("FastTreeBinaryTrainer.Options", o)})") { Cost = Cost, StartingPoints = FastTreeStarts() };

    public static SweepableTrainer<FastTreeOption> FastTreeOva { get; } = new("FastTreeOva",
        (context, o) => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(FastTree<FastTreeBinaryTrainer.Options>(o)), o.LabelColumnName),
        o => $"mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree({Code("FastTreeBinaryTrainer.Options", o)}), {Literal(o.LabelColumnName)})")
    {
        Cost = o => 1.5 * Cost(o),
        StartingPoints = FastTreeStarts(),
    };

    public static SweepableTrainer<FastTreeOption> FastTreeRegression { get; } = new("FastTreeRegression",
        (context, o) => context.Regression.Trainers.FastTree(FastTree<FastTreeRegressionTrainer.Options>(o)),
        o => $"mlContext.Regression.Trainers.FastTree({Code("FastTreeRegressionTrainer.Options", o)})") { Cost = Cost, StartingPoints = FastTreeStarts() };

    public static SweepableTrainer<FastForestOption> FastForestBinary { get; } = new("FastForestBinary",
        (context, o) => context.BinaryClassification.Trainers.FastForest(Forest<FastForestBinaryTrainer.Options>(o))
            .Append(context.BinaryClassification.Calibrators.Platt(VoteSlope / o.NumberOfTrees, 0)),
        o => $"mlContext.BinaryClassification.Trainers.FastForest({Code("FastForestBinaryTrainer.Options", o)}).Append(mlContext.BinaryClassification.Calibrators.Platt({Literal(VoteSlope / o.NumberOfTrees)}, 0))")
    {
        Cost = Cost,
        StartingPoints = ForestStarts(),
    };

    public static SweepableTrainer<FastForestOption> FastForestOva { get; } = new("FastForestOva",
        (context, o) => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastForest(Forest<FastForestBinaryTrainer.Options>(o)), o.LabelColumnName),
        o => $"mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastForest({Code("FastForestBinaryTrainer.Options", o)}), {Literal(o.LabelColumnName)})")
    {
        Cost = o => 1.5 * Cost(o),
        StartingPoints = ForestStarts(),
    };

    public static SweepableTrainer<FastForestOption> FastForestRegression { get; } = new("FastForestRegression",
        (context, o) => context.Regression.Trainers.FastForest(Forest<FastForestRegressionTrainer.Options>(o)),
        o => $"mlContext.Regression.Trainers.FastForest({Code("FastForestRegressionTrainer.Options", o)})") { Cost = Cost, StartingPoints = ForestStarts() };

    /// <param name="group">The key of the groups that are ranked.</param>
    public static SweepableTrainer<LgbmOption> LightGbmRanking(string group) => new("LightGbmRanking",
        (context, o) => context.Ranking.Trainers.LightGbm(Grouped(LightGbm<LightGbmRankingTrainer.Options>(o), group)),
        o => $"mlContext.Ranking.Trainers.LightGbm({Code("LightGbmRankingTrainer.Options", o, ("RowGroupColumnName", group))})") { Cost = Cost, StartingPoints = LightGbmStarts() };

    /// <param name="group">The key of the groups that are ranked.</param>
    public static SweepableTrainer<FastTreeOption> FastTreeRanking(string group) => new("FastTreeRanking",
        (context, o) => context.Ranking.Trainers.FastTree(Grouped(FastTree<FastTreeRankingTrainer.Options>(o), group)),
        o => $"mlContext.Ranking.Trainers.FastTree({Code("FastTreeRankingTrainer.Options", o, ("RowGroupColumnName", group))})") { Cost = Cost, StartingPoints = FastTreeStarts() };

    private static T Grouped<T>(T options, string group) where T : TrainerInputBaseWithGroupId
    {
        options.RowGroupColumnName = group;
        return options;
    }

    private static LgbmOption[] LightGbmStarts() =>
    [
        new() { NumberOfTrees = 150, NumberOfLeaves = 31, LearningRate = 0.1, MinimumExampleCountPerLeaf = 20, FeatureFraction = 0.8 },
        new() { NumberOfTrees = 500, NumberOfLeaves = 31, LearningRate = 0.05, MinimumExampleCountPerLeaf = 20, FeatureFraction = 0.6, SubsampleFraction = 0.8 },
        new() { NumberOfTrees = 300, NumberOfLeaves = 8, LearningRate = 0.08, MinimumExampleCountPerLeaf = 20, FeatureFraction = 0.6, SubsampleFraction = 0.8 },
        new() { NumberOfTrees = 500, NumberOfLeaves = 128, LearningRate = 0.04, MinimumExampleCountPerLeaf = 6, FeatureFraction = 0.5, SubsampleFraction = 0.8, L2Regularization = 2 },
    ];

    private static FastTreeOption[] FastTreeStarts() =>
    [
        new() { NumberOfTrees = 200, NumberOfLeaves = 20, LearningRate = 0.1, MinimumExampleCountPerLeaf = 10 },
        new() { NumberOfTrees = 400, NumberOfLeaves = 48, LearningRate = 0.05, MinimumExampleCountPerLeaf = 8, FeatureFractionPerSplit = 0.3 },
    ];

    private static FastForestOption[] ForestStarts() =>
    [
        new() { NumberOfTrees = 60, NumberOfLeaves = 512, FeatureFractionPerSplit = 0.4f, MinimumExampleCountPerLeaf = 4 },
        new() { NumberOfTrees = 150, NumberOfLeaves = 1500, FeatureFractionPerSplit = 0.3f, MinimumExampleCountPerLeaf = 2 },
    ];

    private static double Cost(LgbmOption o) => CostOfTrees(o.NumberOfTrees, o.NumberOfLeaves, o.FeatureFraction * Math.Sqrt(o.SubsampleFraction));

    private static double Cost(FastTreeOption o) => CostOfTrees(o.NumberOfTrees, o.NumberOfLeaves, o.FeatureFraction);

    private static double Cost(FastForestOption o) => 2 * CostOfTrees(o.NumberOfTrees, o.NumberOfLeaves, o.FeatureFraction);

    /// <summary>Of two leaves of a split only the smaller is counted; the other is the difference from their parent.</summary>
    private static double CostOfTrees(int trees, int leaves, double share) => trees * (0.3 + 0.2 * share * Math.Log2(leaves) + 0.004 * leaves);

    private static T LightGbm<T>(LgbmOption o) where T : LightGbmOptionsBase, new() => new()
    {
        LabelColumnName = o.LabelColumnName, FeatureColumnName = o.FeatureColumnName, ExampleWeightColumnName = o.ExampleWeightColumnName,
        NumberOfIterations = o.NumberOfTrees, NumberOfLeaves = o.NumberOfLeaves, LearningRate = o.LearningRate,
        MinimumExampleCountPerLeaf = o.MinimumExampleCountPerLeaf, MaximumBinCountPerFeature = o.MaximumBinCountPerFeature, UseCategoricalSplit = o.UseCategoricalSplit,
        Booster = new GradientBooster.Options
        {
            SubsampleFraction = o.SubsampleFraction, SubsampleFrequency = o.SubsampleFraction < 1 ? 1 : 0, FeatureFraction = o.FeatureFraction,
            L1Regularization = o.L1Regularization, L2Regularization = o.L2Regularization, MinimumChildWeight = 1e-3,
        },
    };

    private static LightGbmMulticlassTrainer.Options Softmax(LightGbmMulticlassTrainer.Options options)
    {
        options.UseSoftmax = true;
        return options;
    }

    private static string Code(string type, LgbmOption o, params (string, object?)[] more) => New(type, [.. Columns(o),
        ("NumberOfIterations", o.NumberOfTrees), ("NumberOfLeaves", o.NumberOfLeaves), ("LearningRate", o.LearningRate),
        ("MinimumExampleCountPerLeaf", o.MinimumExampleCountPerLeaf), ("MaximumBinCountPerFeature", o.MaximumBinCountPerFeature), ("UseCategoricalSplit", o.UseCategoricalSplit),
        ("Booster", new Expression(New("GradientBooster.Options",
            ("SubsampleFraction", o.SubsampleFraction), ("SubsampleFrequency", o.SubsampleFraction < 1 ? 1 : 0), ("FeatureFraction", o.FeatureFraction),
            ("L1Regularization", o.L1Regularization), ("L2Regularization", o.L2Regularization), ("MinimumChildWeight", 1e-3)))), .. more]);

    private static T FastTree<T>(FastTreeOption o) where T : BoostedTreeOptions, new()
    {
        T options = Trees<T>(o, o.NumberOfTrees, o.NumberOfLeaves, o.MinimumExampleCountPerLeaf, o.FeatureFraction, o.FeatureFractionPerSplit);
        (options.LearningRate, options.MaximumBinCountPerFeature, options.MaximumTreeOutput) = (o.LearningRate, o.MaximumBinCountPerFeature, NoLimit);
        return options;
    }

    private static string Code(string type, FastTreeOption o, params (string, object?)[] more) => New(type,
        [.. Columns(o), .. Trees(o.NumberOfTrees, o.NumberOfLeaves, o.MinimumExampleCountPerLeaf, o.FeatureFraction, o.FeatureFractionPerSplit),
            ("LearningRate", o.LearningRate), ("MaximumBinCountPerFeature", o.MaximumBinCountPerFeature), ("MaximumTreeOutput", NoLimit), .. more]);

    private static T Forest<T>(FastForestOption o) where T : FastForestOptionsBase, new()
    {
        T options = Trees<T>(o, o.NumberOfTrees, o.NumberOfLeaves, o.MinimumExampleCountPerLeaf, o.FeatureFraction, o.FeatureFractionPerSplit);
        options.NumberOfQuantileSamples = 0;
        return options;
    }

    private static string Code(string type, FastForestOption o) => New(type,
        [.. Columns(o), .. Trees(o.NumberOfTrees, o.NumberOfLeaves, o.MinimumExampleCountPerLeaf, o.FeatureFraction, o.FeatureFractionPerSplit), ("NumberOfQuantileSamples", 0)]);

    private static T Trees<T>(TrainerOption o, int trees, int leaves, int rows, double featureFraction, double featureFractionPerSplit) where T : TreeOptions, new() => new()
    {
        LabelColumnName = o.LabelColumnName, FeatureColumnName = o.FeatureColumnName, ExampleWeightColumnName = o.ExampleWeightColumnName,
        NumberOfTrees = trees, NumberOfLeaves = leaves, MinimumExampleCountPerLeaf = rows,
        FeatureFraction = featureFraction, FeatureFractionPerSplit = featureFractionPerSplit,
    };

    private static (string, object?)[] Trees(int trees, int leaves, int rows, double featureFraction, double featureFractionPerSplit) =>
        [("NumberOfTrees", trees), ("NumberOfLeaves", leaves), ("MinimumExampleCountPerLeaf", rows), ("FeatureFraction", featureFraction), ("FeatureFractionPerSplit", featureFractionPerSplit)];

    private static (string, object?)[] Columns(TrainerOption o) =>
        [("LabelColumnName", o.LabelColumnName), ("FeatureColumnName", o.FeatureColumnName), ("ExampleWeightColumnName", o.ExampleWeightColumnName)];
}
