using MLPipelines.Trainers;
using static MLPipelines.Trainers.IsolationForestTrainer.Options;

namespace MLPipelines;

/// <summary>The isolation forest, which ML.NET does not have.</summary>
public static class IsolationForestCatalog
{
    /// <summary>Finds rows that random questions tell apart from the others soon.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="numberOfTrees">How many trees.</param>
    /// <param name="numberOfRowsPerTree">How many rows each tree is made of.</param>
    /// <param name="seed">Fixes what is drawn; without it, the seed of the context does.</param>
    public static IsolationForestTrainer IsolationForest(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
        int numberOfTrees = Defaults.NumberOfTrees, int numberOfRowsPerTree = Defaults.NumberOfRowsPerTree, int? seed = null) =>
        catalog.IsolationForest(new IsolationForestTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            NumberOfTrees = numberOfTrees,
            NumberOfRowsPerTree = numberOfRowsPerTree,
            Seed = seed,
        });

    /// <summary>Finds rows that random questions tell apart from the others soon, with all its options.</summary>
    public static IsolationForestTrainer IsolationForest(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, IsolationForestTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new IsolationForestTrainer(catalog.Environment, options);
    }
}
