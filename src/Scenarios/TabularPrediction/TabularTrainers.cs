using System.Globalization;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>The trainers that tabular prediction offers, by name, with the names of their settings.</summary>
public static class TabularTrainers
{
    private const string BoostedTrees = "boosted-trees", RandomForest = "random-forest";

    /// <summary>The score of a forest is the sum of its trees' means of -1 and 1: with this slope the sigmoid is about half of 1 plus their mean.</summary>
    private const double ForestSlope = -2.2;

    private static readonly Dictionary<string, double> NoSettings = [];

    private static readonly string[] LbfgsSettings = ["l1", "l2", "tolerance", "maximumIterations"];

    private static readonly string[] BoostingSettings = ["trees", "leaves", "learningRate", "minimumRowsPerLeaf", "l1", "l2", "rowFraction", "featureFraction"];

    private static readonly string[] ForestSettings = ["trees", "leaves", "minimumRowsPerLeaf", "featureFraction"];

    private static readonly Kind[] ForClasses =
    [
        new("lbfgs", LbfgsSettings, (context, label, features, settings) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            Lbfgs(new LbfgsMaximumEntropyMulticlassTrainer.Options { LabelColumnName = label, FeatureColumnName = features }, settings))),
        new("sdca", ["l1", "l2", "maximumIterations"], (context, label, features, settings) =>
            context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features, exampleWeightColumnName: null,
                l2Regularization: Optional(settings, "l2"), l1Regularization: Optional(settings, "l1"), maximumNumberOfIterations: (int?)Optional(settings, "maximumIterations"))),
        new(BoostedTrees, BoostingSettings, (context, label, features, settings) => context.MulticlassClassification.Trainers.LightGbm(
            Boosting(new LightGbmMulticlassTrainer.Options { LabelColumnName = label, FeatureColumnName = features, UseSoftmax = true }, settings))) { LearnsTrees = true },
        new(RandomForest, ForestSettings, (context, label, features, settings) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.FastForest(Forest(new FastForestBinaryTrainer.Options { LabelColumnName = label, FeatureColumnName = features }, settings)), label,
            // A sigmoid that is fitted to rows that the trees know would be far too sure.
            calibrator: context.BinaryClassification.Calibrators.Platt(ForestSlope / TreeCount(settings), offset: 0))) { LearnsTrees = true },
    ];

    private static readonly Kind[] ForNumbers =
    [
        new("sdca", ["l1", "l2", "tolerance", "maximumIterations"], (context, label, features, settings) =>
            context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
            {
                LabelColumnName = label,
                FeatureColumnName = features,
                L1Regularization = Optional(settings, "l1"),
                L2Regularization = Optional(settings, "l2"),
                ConvergenceTolerance = (float)settings.GetValueOrDefault("tolerance", 0.001),
                MaximumNumberOfIterations = (int?)Optional(settings, "maximumIterations"),
                BiasLearningRate = 1,
            })),
        new("ols", ["l2"], (context, label, features, settings) => context.Regression.Trainers.Ols(new OlsTrainer.Options
        {
            LabelColumnName = label,
            FeatureColumnName = features,
            L2Regularization = (float)settings.GetValueOrDefault("l2", 1e-6),
        })),
        new("poisson", LbfgsSettings, (context, label, features, settings) => context.Regression.Trainers.LbfgsPoissonRegression(
            Lbfgs(new LbfgsPoissonRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = features }, settings))),
        new(BoostedTrees, BoostingSettings, (context, label, features, settings) => context.Regression.Trainers.LightGbm(
            Boosting(new LightGbmRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = features }, settings))) { LearnsTrees = true },
        new(RandomForest, ForestSettings, (context, label, features, settings) => context.Regression.Trainers.FastForest(
            Forest(new FastForestRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = features, NumberOfQuantileSamples = 0 }, settings))) { LearnsTrees = true },
    ];

    private static TOptions Boosting<TOptions>(TOptions options, IReadOnlyDictionary<string, double> settings) where TOptions : LightGbmOptionsBase
    {
        options.NumberOfIterations = TreeCount(settings);
        options.NumberOfLeaves = (int)settings.GetValueOrDefault("leaves", 15);
        options.LearningRate = settings.GetValueOrDefault("learningRate", 0.1);
        options.MinimumExampleCountPerLeaf = (int)settings.GetValueOrDefault("minimumRowsPerLeaf", 20);
        options.UseCategoricalSplit = true;
        options.Booster = new GradientBooster.Options
        {
            L1Regularization = settings.GetValueOrDefault("l1", 0),
            L2Regularization = settings.GetValueOrDefault("l2", 1),
            SubsampleFraction = settings.GetValueOrDefault("rowFraction", 1),
            SubsampleFrequency = settings.ContainsKey("rowFraction") ? 1 : 0,
            FeatureFraction = settings.GetValueOrDefault("featureFraction", 1),
        };
        return options;
    }

    private static TOptions Forest<TOptions>(TOptions options, IReadOnlyDictionary<string, double> settings) where TOptions : FastForestOptionsBase
    {
        options.NumberOfTrees = TreeCount(settings);
        options.NumberOfLeaves = (int)settings.GetValueOrDefault("leaves", 100);
        options.MinimumExampleCountPerLeaf = (int)settings.GetValueOrDefault("minimumRowsPerLeaf", 5);
        options.FeatureFractionPerSplit = settings.GetValueOrDefault("featureFraction", 0.5);
        options.CategoricalSplit = true;
        return options;
    }

    private static int TreeCount(IReadOnlyDictionary<string, double> settings) => (int)settings.GetValueOrDefault("trees", 100);

    private static TOptions Lbfgs<TOptions>(TOptions options, IReadOnlyDictionary<string, double> settings) where TOptions : LbfgsOptionsBase
    {
        options.L1Regularization = (float)settings.GetValueOrDefault("l1", 0);
        options.L2Regularization = (float)settings.GetValueOrDefault("l2", 1);
        options.OptimizationTolerance = (float)settings.GetValueOrDefault("tolerance", 1e-6);
        options.MaximumNumberOfIterations = (int)settings.GetValueOrDefault("maximumIterations", 1000);
        return options;
    }

    /// <summary>The names of the trainers of a task: those that learn weights, then those that learn trees.</summary>
    public static IReadOnlyList<string> NamesFor(TabularTask task) => [.. KindsFor(task).Select(kind => kind.Name)];

    /// <summary>What is chosen between: the linear model, boosted trees of few leaves and, for more rows, of many, and a random forest.</summary>
    internal static IEnumerable<(string Trainer, IReadOnlyDictionary<string, double> Settings)> CandidatesFor(TabularTask task, int rowCount)
    {
        const int ManyRows = 3000;
        yield return (KindsFor(task)[0].Name, NoSettings);
        yield return (BoostedTrees, NoSettings);
        yield return (BoostedTrees, new Dictionary<string, double> { ["leaves"] = 5, ["learningRate"] = 0.05 });
        if (rowCount >= ManyRows) yield return (BoostedTrees, new Dictionary<string, double> { ["leaves"] = 31, ["trees"] = 300 });
        yield return (RandomForest, NoSettings);
    }

    /// <summary>The names of the settings of a trainer.</summary>
    public static IReadOnlyList<string> SettingsOf(TabularTask task, string? trainer) => Find(task, trainer).Settings;

    internal static Kind Find(TabularTask task, string? trainer)
    {
        Kind[] kinds = KindsFor(task);
        return Array.Find(kinds, kind => trainer is null || kind.Name.Equals(trainer, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentOutOfRangeException(nameof(trainer),
            $"There is no trainer '{trainer}' for {task.ToString().ToLowerInvariant()}. The trainers are: {string.Join(", ", kinds.Select(kind => kind.Name))}.");
    }

    private static Kind[] KindsFor(TabularTask task) => task == TabularTask.Classification ? ForClasses : ForNumbers;

    private static float? Optional(IReadOnlyDictionary<string, double> settings, string name) => settings.TryGetValue(name, out double value) ? (float)value : null;

    /// <summary>One kind of trainer.</summary>
    internal sealed record Kind(string Name, IReadOnlyList<string> Settings, Func<MLContext, string, string, IReadOnlyDictionary<string, double>, IEstimator<ITransformer>> Create)
    {
        /// <summary>Whether it takes missing numbers and categories as they are.</summary>
        internal bool LearnsTrees { get; init; }

        internal IEstimator<ITransformer> Make(MLContext context, string label, string features, IReadOnlyDictionary<string, double> settings)
        {
            foreach (string name in settings.Keys)
            {
                if (!Settings.Contains(name)) throw new ArgumentOutOfRangeException(nameof(settings),
                    string.Create(CultureInfo.InvariantCulture, $"The trainer '{Name}' has no setting '{name}'. Its settings are: {string.Join(", ", Settings)}."));
            }
            return Create(context, label, features, settings);
        }
    }
}

/// <summary>What is predicted.</summary>
public enum TabularTask
{
    /// <summary>One of several labels.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,
}
