using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>Trainers that solve for their model at once.</summary>
public static partial class MklComponentsCatalog
{
    /// <summary>Linear regression by least squares.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    public static OlsTrainer Ols(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null) =>
        catalog.Ols(new OlsTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        });

    /// <summary>Linear regression by least squares, with all its options.</summary>
    public static OlsTrainer Ols(this RegressionCatalog.RegressionTrainers catalog, OlsTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new OlsTrainer(catalog.Environment, options);
    }
}
