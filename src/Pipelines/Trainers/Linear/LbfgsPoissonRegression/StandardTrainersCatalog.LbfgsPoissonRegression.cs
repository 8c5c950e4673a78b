using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>Poisson regression by L-BFGS.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/> of at least 0.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="l1Regularization">The weight of ‖w‖₁ against the sum of the losses.</param>
    /// <param name="l2Regularization">The weight of ½‖w‖² against the sum of the losses.</param>
    /// <param name="optimizationTolerance">Ends when the objective improves less, relative to its value.</param>
    /// <param name="historySize">How many past steps shape the next one.</param>
    /// <param name="enforceNonNegativity">Keeps weights from being below 0.</param>
    public static LbfgsPoissonRegressionTrainer LbfgsPoissonRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        float l1Regularization = LbfgsOptionsBase.Defaults.L1Regularization,
        float l2Regularization = LbfgsOptionsBase.Defaults.L2Regularization,
        float optimizationTolerance = LbfgsOptionsBase.Defaults.OptimizationTolerance,
        int historySize = LbfgsOptionsBase.Defaults.HistorySize,
        bool enforceNonNegativity = LbfgsOptionsBase.Defaults.EnforceNonNegativity) =>
        catalog.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            L1Regularization = l1Regularization,
            L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance,
            HistorySize = historySize,
            EnforceNonNegativity = enforceNonNegativity,
        });

    /// <summary>Poisson regression by L-BFGS, with all its options.</summary>
    public static LbfgsPoissonRegressionTrainer LbfgsPoissonRegression(
        this RegressionCatalog.RegressionTrainers catalog, LbfgsPoissonRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LbfgsPoissonRegressionTrainer(catalog.Environment, options);
    }
}
