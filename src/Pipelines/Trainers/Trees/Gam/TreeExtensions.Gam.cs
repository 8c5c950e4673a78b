using MLPipelines.Trainers.FastTree;

namespace MLPipelines;

public static partial class TreeExtensions
{
    /// <summary>A generalized additive model of two classes: a sum of one function per feature.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The number of rounds, each of one split per feature.</param>
    /// <param name="maximumBinCountPerFeature">The most bins that the values of a feature are put in.</param>
    /// <param name="learningRate">How much of each split is added.</param>
    public static GamBinaryTrainer Gam(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfIterations = GamOptionsBase.Defaults.NumberOfIterations,
        int maximumBinCountPerFeature = GamOptionsBase.Defaults.MaximumBinCountPerFeature,
        double learningRate = GamOptionsBase.Defaults.LearningRate) =>
        catalog.Gam(new GamBinaryTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfIterations = numberOfIterations,
            MaximumBinCountPerFeature = maximumBinCountPerFeature,
            LearningRate = learningRate,
        });

    /// <summary>A generalized additive model of two classes, with all options.</summary>
    public static GamBinaryTrainer Gam(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, GamBinaryTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new GamBinaryTrainer(catalog.Environment, options);
    }

    /// <summary>A generalized additive model of a number: a sum of one function per feature.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The number of rounds, each of one split per feature.</param>
    /// <param name="maximumBinCountPerFeature">The most bins that the values of a feature are put in.</param>
    /// <param name="learningRate">How much of each split is added.</param>
    public static GamRegressionTrainer Gam(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfIterations = GamOptionsBase.Defaults.NumberOfIterations,
        int maximumBinCountPerFeature = GamOptionsBase.Defaults.MaximumBinCountPerFeature,
        double learningRate = GamOptionsBase.Defaults.LearningRate) =>
        catalog.Gam(new GamRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfIterations = numberOfIterations,
            MaximumBinCountPerFeature = maximumBinCountPerFeature,
            LearningRate = learningRate,
        });

    /// <summary>A generalized additive model of a number, with all options.</summary>
    public static GamRegressionTrainer Gam(this RegressionCatalog.RegressionTrainers catalog, GamRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new GamRegressionTrainer(catalog.Environment, options);
    }
}
