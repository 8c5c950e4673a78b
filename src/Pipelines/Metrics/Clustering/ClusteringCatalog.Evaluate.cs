using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class ClusteringCatalog
{
    /// <summary>Metrics of a model that finds clusters, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows.</param>
    /// <param name="labelColumnName">
    /// What <see cref="ClusteringMetrics.NormalizedMutualInformation"/> compares with: a key, or a number that counts classes from 0. It
    /// leaves out rows with a missing label. <see langword="null"/> for none.
    /// </param>
    /// <param name="scoreColumnName">The distance of each row from each cluster; the lowest one is its cluster.</param>
    /// <param name="featureColumnName">The vectors that <see cref="ClusteringMetrics.DaviesBouldinIndex"/> is made of, read twice; <see langword="null"/> for none.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a score or a feature is not a finite number.</exception>
    public ClusteringMetrics Evaluate(IDataView data, string? labelColumnName = null, string scoreColumnName = "Score", string? featureColumnName = null)
    {
        ClusteringTally tally = ClusteringTally.Of(data, labelColumnName, scoreColumnName);
        return new(tally, featureColumnName is null ? null : tally.Scatter(featureColumnName));
    }

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    /// <param name="data">Rows to learn from and to hold out.</param>
    /// <param name="estimator">What learns; the whole chain, so that nothing is learned from the rows held out.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="labelColumnName">The label that the metrics compare with, if there is one.</param>
    /// <param name="featuresColumnName">The vectors that the metrics compare clusters by, if wanted.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column go to the same fold.</param>
    /// <param name="seed">Fixes the folds; without it, the seed of the context does.</param>
    public IReadOnlyList<CrossValidationResult<ClusteringMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string? labelColumnName = null, string? featuresColumnName = null, string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed,
            scored => Evaluate(scored, labelColumnName, featureColumnName: featuresColumnName));
}
