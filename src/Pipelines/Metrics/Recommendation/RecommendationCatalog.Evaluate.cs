using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class RecommendationCatalog
{
    /// <summary>Metrics of predicted ratings, from data that a model has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">The true rating. Rows where it is NaN are left out.</param>
    /// <param name="scoreColumnName">The predicted rating.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a prediction is not a finite number.</exception>
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score") =>
        new RegressionCatalog(Environment).Evaluate(data, labelColumnName, scoreColumnName);

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    /// <param name="data">Rows to learn from and to hold out.</param>
    /// <param name="estimator">What learns; the whole chain, so that nothing is learned from the rows held out.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="labelColumnName">The label that the metrics compare with.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column go to the same fold.</param>
    /// <param name="seed">Fixes the folds; without it, the seed of the context does.</param>
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));
}
