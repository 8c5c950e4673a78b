using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>A local deep support vector machine.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The number of steps, each by the square root of the number of examples.</param>
    /// <param name="treeDepth">How many branches lead to a leaf.</param>
    /// <param name="useBias">Whether all functions have a bias.</param>
    /// <param name="useCachedData">Without effect: examples are held in memory always.</param>
    public static LdSvmTrainer LdSvm(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfIterations = LdSvmTrainer.Options.Defaults.NumberOfIterations,
        int treeDepth = LdSvmTrainer.Options.Defaults.TreeDepth,
        bool useBias = LdSvmTrainer.Options.Defaults.UseBias,
        bool useCachedData = LdSvmTrainer.Options.Defaults.Cache) =>
        catalog.LdSvm(new LdSvmTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfIterations = numberOfIterations,
            TreeDepth = treeDepth,
            UseBias = useBias,
            Cache = useCachedData,
        });

    /// <summary>A local deep support vector machine, with all its options.</summary>
    public static LdSvmTrainer LdSvm(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, LdSvmTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LdSvmTrainer(catalog.Environment, options);
    }
}
