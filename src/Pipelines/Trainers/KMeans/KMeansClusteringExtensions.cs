using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>Trainers of clusters.</summary>
public static class KMeansClusteringExtensions
{
    /// <summary>Clusters by k-means.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="numberOfClusters">How many clusters.</param>
    public static KMeansTrainer KMeans(this ClusteringCatalog.ClusteringTrainers catalog, string featureColumnName = "Features",
        string? exampleWeightColumnName = null, int numberOfClusters = KMeansTrainer.Defaults.NumberOfClusters) =>
        catalog.KMeans(new KMeansTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfClusters = numberOfClusters,
        });

    /// <summary>Clusters by k-means, with all its options.</summary>
    public static KMeansTrainer KMeans(this ClusteringCatalog.ClusteringTrainers catalog, KMeansTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new KMeansTrainer(catalog.Environment, options);
    }
}
