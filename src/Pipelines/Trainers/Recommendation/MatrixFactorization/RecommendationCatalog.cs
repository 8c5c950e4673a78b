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
public sealed partial class RecommendationCatalog
{
    public sealed partial class RecommendationTrainers
    {
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
}
