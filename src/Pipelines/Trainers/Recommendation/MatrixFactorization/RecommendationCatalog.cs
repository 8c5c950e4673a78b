using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>Adds recommendation to an <see cref="MLContext"/>.</summary>
public static class RecommenderCatalog
{
    /// <summary>What to recommend to whom.</summary>
    public static RecommendationCatalog Recommendation(this MLContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return new RecommendationCatalog(ctx.Environment);
    }
}

/// <summary>What to recommend to whom: <c>mlContext.Recommendation()</c>.</summary>
public sealed partial class RecommendationCatalog : TrainCatalogBase
{
    internal RecommendationCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public RecommendationTrainers Trainers { get; }

    /// <summary>Trainers for recommendation.</summary>
    public sealed partial class RecommendationTrainers : CatalogInstantiatorBase
    {
        internal RecommendationTrainers(TrainingEnvironment environment) : base(environment) { }

        /// <summary>Fills in a matrix of which some elements are known, as the product of two thin ones.</summary>
        /// <param name="labelColumnName">The column of values: <see cref="float"/> or <see cref="double"/>.</param>
        /// <param name="matrixColumnIndexColumnName">The column of column indices: a key.</param>
        /// <param name="matrixRowIndexColumnName">The column of row indices: a key.</param>
        /// <param name="approximationRank">The number of factors of each row and column.</param>
        /// <param name="learningRate">How far the first steps go.</param>
        /// <param name="numberOfIterations">The number of passes.</param>
        public MatrixFactorizationTrainer MatrixFactorization(
            string labelColumnName,
            string matrixColumnIndexColumnName,
            string matrixRowIndexColumnName,
            int approximationRank = MatrixFactorizationTrainer.Defaults.ApproximationRank,
            double learningRate = MatrixFactorizationTrainer.Defaults.LearningRate,
            int numberOfIterations = MatrixFactorizationTrainer.Defaults.NumIterations) =>
            MatrixFactorization(new MatrixFactorizationTrainer.Options
            {
                LabelColumnName = labelColumnName,
                MatrixColumnIndexColumnName = matrixColumnIndexColumnName,
                MatrixRowIndexColumnName = matrixRowIndexColumnName,
                ApproximationRank = approximationRank,
                LearningRate = learningRate,
                NumberOfIterations = numberOfIterations,
            });

        /// <summary>Fills in a matrix of which some elements are known, with all options; one-class learning is among them.</summary>
        public MatrixFactorizationTrainer MatrixFactorization(MatrixFactorizationTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new MatrixFactorizationTrainer(Environment, options);
        }
    }

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
