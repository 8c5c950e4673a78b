using System.Globalization;
using MLPipelines.Trainers;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>The trainers that tabular prediction offers, by name, with the names of their settings.</summary>
public static class TabularTrainers
{
    private static readonly string[] LbfgsSettings = ["l1", "l2", "tolerance", "maximumIterations"];

    private static readonly Kind[] ForClasses =
    [
        new("lbfgs", LbfgsSettings, (context, label, features, settings) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            Lbfgs(new LbfgsMaximumEntropyMulticlassTrainer.Options { LabelColumnName = label, FeatureColumnName = features }, settings))),
        new("sdca", ["l1", "l2", "maximumIterations"], (context, label, features, settings) =>
            context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features, exampleWeightColumnName: null,
                l2Regularization: Optional(settings, "l2"), l1Regularization: Optional(settings, "l1"), maximumNumberOfIterations: (int?)Optional(settings, "maximumIterations"))),
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
    ];

    private static TOptions Lbfgs<TOptions>(TOptions options, IReadOnlyDictionary<string, double> settings) where TOptions : LbfgsOptionsBase
    {
        options.L1Regularization = (float)settings.GetValueOrDefault("l1", 0);
        options.L2Regularization = (float)settings.GetValueOrDefault("l2", 1);
        options.OptimizationTolerance = (float)settings.GetValueOrDefault("tolerance", 1e-6);
        options.MaximumNumberOfIterations = (int)settings.GetValueOrDefault("maximumIterations", 1000);
        return options;
    }

    /// <summary>The names of the trainers of a task, the default first.</summary>
    public static IReadOnlyList<string> NamesFor(TabularTask task) => [.. KindsFor(task).Select(kind => kind.Name)];

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
