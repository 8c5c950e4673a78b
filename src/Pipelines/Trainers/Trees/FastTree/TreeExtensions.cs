using MLPipelines.Trainers.FastTree;

namespace MLPipelines;

/// <summary>The trainers of boosted trees, forests and generalized additive models.</summary>
public static partial class TreeExtensions
{
    /// <summary>Boosted trees for numbers.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    public static FastTreeRegressionTrainer FastTree(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf,
        double learningRate = TreeOptions.Defaults.LearningRate) =>
        catalog.FastTree(Set(new FastTreeRegressionTrainer.Options { LearningRate = learningRate }, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>Boosted trees for numbers, with all options.</summary>
    public static FastTreeRegressionTrainer FastTree(this RegressionCatalog.RegressionTrainers catalog, FastTreeRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeRegressionTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for two classes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    public static FastTreeBinaryTrainer FastTree(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf,
        double learningRate = TreeOptions.Defaults.LearningRate) =>
        catalog.FastTree(Set(new FastTreeBinaryTrainer.Options { LearningRate = learningRate }, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>Boosted trees for two classes, with all options.</summary>
    public static FastTreeBinaryTrainer FastTree(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, FastTreeBinaryTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeBinaryTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for rankings.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a relevance from 0, a <see cref="float"/> or a key.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="rowGroupColumnName">What the rows of one group share.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    public static FastTreeRankingTrainer FastTree(
        this RankingCatalog.RankingTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string rowGroupColumnName = "GroupId",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf,
        double learningRate = TreeOptions.Defaults.LearningRate) =>
        catalog.FastTree(Set(new FastTreeRankingTrainer.Options { LearningRate = learningRate, RowGroupColumnName = rowGroupColumnName }, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>Boosted trees for rankings, with all options.</summary>
    public static FastTreeRankingTrainer FastTree(this RankingCatalog.RankingTrainers catalog, FastTreeRankingTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeRankingTrainer(catalog.Environment, options);
    }

    /// <summary>Boosted trees for amounts that are often 0.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/> of at least 0.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    /// <param name="learningRate">How much of each tree is added.</param>
    public static FastTreeTweedieTrainer FastTreeTweedie(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf,
        double learningRate = TreeOptions.Defaults.LearningRate) =>
        catalog.FastTreeTweedie(Set(new FastTreeTweedieTrainer.Options { LearningRate = learningRate }, labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>Boosted trees for amounts that are often 0, with all options.</summary>
    public static FastTreeTweedieTrainer FastTreeTweedie(this RegressionCatalog.RegressionTrainers catalog, FastTreeTweedieTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeTweedieTrainer(catalog.Environment, options);
    }

    /// <summary>A random forest for numbers.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    public static FastForestRegressionTrainer FastForest(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf) =>
        catalog.FastForest(Set(new FastForestRegressionTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>A random forest for numbers, with all options.</summary>
    public static FastForestRegressionTrainer FastForest(this RegressionCatalog.RegressionTrainers catalog, FastForestRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastForestRegressionTrainer(catalog.Environment, options);
    }

    /// <summary>A random forest for two classes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>, NaN where missing.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfLeaves">The most leaves of a tree.</param>
    /// <param name="numberOfTrees">The number of trees.</param>
    /// <param name="minimumExampleCountPerLeaf">The fewest examples of a leaf.</param>
    public static FastForestBinaryTrainer FastForest(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int numberOfLeaves = TreeOptions.Defaults.NumberOfLeaves,
        int numberOfTrees = TreeOptions.Defaults.NumberOfTrees,
        int minimumExampleCountPerLeaf = TreeOptions.Defaults.MinimumExampleCountPerLeaf) =>
        catalog.FastForest(Set(new FastForestBinaryTrainer.Options(), labelColumnName, featureColumnName, exampleWeightColumnName, numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf));

    /// <summary>A random forest for two classes, with all options.</summary>
    public static FastForestBinaryTrainer FastForest(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, FastForestBinaryTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastForestBinaryTrainer(catalog.Environment, options);
    }

    private static TOptions Set<TOptions>(TOptions options, string label, string features, string? weight, int leaves, int trees, int minimumRows) where TOptions : TreeOptions
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        (options.NumberOfLeaves, options.NumberOfTrees, options.MinimumExampleCountPerLeaf) = (leaves, trees, minimumRows);
        return options;
    }
}
