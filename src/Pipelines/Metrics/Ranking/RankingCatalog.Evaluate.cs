using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class RankingCatalog
{
    /// <summary>Metrics of a model that ranks, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">The relevance: a whole number from 0, which has no gain, to 4; or a key, counted from 0 too. Rows with a missing label are left out.</param>
    /// <param name="rowGroupColumnName">A key that the rows of one group share. They need not be next to each other, as they do in ML.NET.</param>
    /// <param name="scoreColumnName">Ranks the rows of a group, the highest first.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a label is no relevance, or a group is missing, or a score is not a finite number.</exception>
    public RankingMetrics Evaluate(IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId", string scoreColumnName = "Score") =>
        Evaluate(data, null, labelColumnName, rowGroupColumnName, scoreColumnName);

    /// <summary>Metrics of a model that ranks, with gains and a number of places of one's own. The columns are as in the other method.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="options">How many places are looked at and what each relevance gains; <see langword="null"/> for the defaults.</param>
    /// <param name="labelColumnName">The relevance: a whole number from 0 up to the number of gains, less 1.</param>
    /// <param name="rowGroupColumnName">A key that the rows of one group share.</param>
    /// <param name="scoreColumnName">Ranks the rows of a group, the highest first.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or a label is no relevance, or a group is missing, or a score is not a finite number.</exception>
    public RankingMetrics Evaluate(IDataView data, RankingEvaluatorOptions? options, string labelColumnName = "Label",
        string rowGroupColumnName = "GroupId", string scoreColumnName = "Score") =>
        new(RankingTally.Of(data, options ?? new(), labelColumnName, rowGroupColumnName, scoreColumnName));

    /// <summary>Learns a model on all folds but one and evaluates it on that one, for each fold.</summary>
    /// <param name="data">Rows to learn from and to hold out.</param>
    /// <param name="estimator">What learns; the whole chain, so that nothing is learned from the rows held out.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="labelColumnName">The label that the metrics compare with.</param>
    /// <param name="rowGroupColumnName">The groups of <paramref name="data"/>; each goes to one fold as a whole.</param>
    /// <param name="seed">Fixes the folds; without it, the seed of the context does.</param>
    public IReadOnlyList<CrossValidationResult<RankingMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string rowGroupColumnName = "GroupId", int? seed = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(rowGroupColumnName);
        return CrossValidate(data, estimator, numberOfFolds, rowGroupColumnName, seed, scored => Evaluate(scored, labelColumnName, rowGroupColumnName));
    }
}
