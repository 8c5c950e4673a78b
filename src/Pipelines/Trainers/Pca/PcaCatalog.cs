using MLPipelines.Trainers;
using PcaDefaults = MLPipelines.Trainers.RandomizedPcaTrainer.Options.Defaults;

namespace MLPipelines;

/// <summary>Principal components: fewer slots, and anomalies.</summary>
public static partial class PcaCatalog
{
    /// <summary>Finds rows that vary along other directions than most rows do.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="rank">How many directions are usual.</param>
    /// <param name="oversampling">How many more directions are looked at to find them.</param>
    /// <param name="ensureZeroMean">Whether the mean of the rows is taken off them.</param>
    /// <param name="seed">Fixes the random start; without it, the seed of the context does.</param>
    public static RandomizedPcaTrainer RandomizedPca(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, string featureColumnName = "Features",
        string? exampleWeightColumnName = null, int rank = PcaDefaults.Rank, int oversampling = PcaDefaults.Oversampling, bool ensureZeroMean = PcaDefaults.EnsureZeroMean, int? seed = null) =>
        catalog.RandomizedPca(new RandomizedPcaTrainer.Options
        {
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Rank = rank,
            Oversampling = oversampling,
            EnsureZeroMean = ensureZeroMean,
            Seed = seed,
        });

    /// <summary>Finds rows that vary along other directions than most rows do, with all its options.</summary>
    public static RandomizedPcaTrainer RandomizedPca(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, RandomizedPcaTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RandomizedPcaTrainer(catalog.Environment, options);
    }
}
