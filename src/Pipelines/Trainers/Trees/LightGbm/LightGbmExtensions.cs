using MLPipelines.Trainers.LightGbm;

namespace MLPipelines;

/// <summary>The trainers of boosted trees that are grown leaf by leaf.</summary>
public static class LightGbmExtensions
{
    /// <summary>Boosted trees for numbers.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    /// <param name="numberOfIterations">The number of trees.</param>
    public static LightGbmRegressionTrainer LightGbm(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfLeaves = null,
        int? minimumExampleCountPerLeaf = null,
        double? learningRate = null,
        int numberOfIterations = LightGbmOptionsBase.Defaults.NumberOfIterations) =>
        catalog.LightGbm(Set(new LightGbmRegressionTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, minimumExampleCountPerLeaf, learningRate, numberOfIterations));

    /// <summary>Boosted trees for numbers, with all their options.</summary>
    public static LightGbmRegressionTrainer LightGbm(this RegressionCatalog.RegressionTrainers catalog, LightGbmRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LightGbmRegressionTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for two classes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    /// <param name="numberOfIterations">The number of trees.</param>
    public static LightGbmBinaryTrainer LightGbm(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfLeaves = null,
        int? minimumExampleCountPerLeaf = null,
        double? learningRate = null,
        int numberOfIterations = LightGbmOptionsBase.Defaults.NumberOfIterations) =>
        catalog.LightGbm(Set(new LightGbmBinaryTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, minimumExampleCountPerLeaf, learningRate, numberOfIterations));

    /// <summary>Boosted trees for two classes, with all their options.</summary>
    public static LightGbmBinaryTrainer LightGbm(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, LightGbmBinaryTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LightGbmBinaryTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for rankings.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a relevance from 0, a <see cref="float"/> or a key.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="rowGroupColumnName">What the rows of one group share.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    /// <param name="numberOfIterations">The number of trees.</param>
    public static LightGbmRankingTrainer LightGbm(
        this RankingCatalog.RankingTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string rowGroupColumnName = "GroupId",
        string? exampleWeightColumnName = null,
        int? numberOfLeaves = null,
        int? minimumExampleCountPerLeaf = null,
        double? learningRate = null,
        int numberOfIterations = LightGbmOptionsBase.Defaults.NumberOfIterations) =>
        catalog.LightGbm(Set(new LightGbmRankingTrainer.Options { RowGroupColumnName = rowGroupColumnName }, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, minimumExampleCountPerLeaf, learningRate, numberOfIterations));

    /// <summary>Boosted trees for rankings, with all their options.</summary>
    public static LightGbmRankingTrainer LightGbm(this RankingCatalog.RankingTrainers catalog, LightGbmRankingTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LightGbmRankingTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for any number of classes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    /// <param name="numberOfIterations">The number of trees of each class.</param>
    public static LightGbmMulticlassTrainer LightGbm(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfLeaves = null,
        int? minimumExampleCountPerLeaf = null,
        double? learningRate = null,
        int numberOfIterations = LightGbmOptionsBase.Defaults.NumberOfIterations) =>
        catalog.LightGbm(Set(new LightGbmMulticlassTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, minimumExampleCountPerLeaf, learningRate, numberOfIterations));

    /// <summary>Boosted trees for any number of classes, with all their options.</summary>
    public static LightGbmMulticlassTrainer LightGbm(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, LightGbmMulticlassTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new LightGbmMulticlassTrainer(catalog.Environment, options);
    }

    private static TOptions Set<TOptions>(
        TOptions options, string label, string features, string? weight, int? leaves, int? minimumRows, double? learningRate, int iterations) where TOptions : LightGbmOptionsBase
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        (options.NumberOfLeaves, options.MinimumExampleCountPerLeaf, options.LearningRate, options.NumberOfIterations) = (leaves, minimumRows, learningRate, iterations);
        return options;
    }
}
