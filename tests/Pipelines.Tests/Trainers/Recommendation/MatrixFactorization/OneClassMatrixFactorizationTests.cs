using MLPipelines.Trainers;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Tests.Trainers.Recommendation.MatrixFactorization;

public class OneClassMatrixFactorizationTests
{
    private static MatrixFactorizationTrainer.Options Options(double alpha, double c, int rank, int passes) => new()
    {
        LabelColumnName = "Label", MatrixRowIndexColumnName = "Row", MatrixColumnIndexColumnName = "Column",
        LossFunction = MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass, Alpha = alpha, C = c, ApproximationRank = rank, NumberOfIterations = passes,
    };

    /// <summary>Each row has the columns of its kind, of which there are four, but one that is left out.</summary>
    private static IEnumerable<(int Row, int Column, float Value)> Kinds() =>
        from row in Enumerable.Range(0, 40) from column in Enumerable.Range(0, 24) where row % 4 == column % 4 && column / 4 != row % 6 select (row, column, 1f);

    [Fact]
    public void What_was_seen_ranks_above_what_was_not_and_what_is_like_it_above_the_rest()
    {
        MatrixFactorizationModelParameters model = Matrices.Learn(Matrices.View(40, 24, Kinds()), Options(alpha: 0.1, c: 0, rank: 8, passes: 20));
        var seen = Kinds().Select(element => (element.Row, element.Column)).ToHashSet();
        for (int row = 0; row < 40; row++)
        {
            float Score(int column) => model.Score((uint)row + 1, (uint)column + 1);
            float[] own = [.. Enumerable.Range(0, 24).Where(column => seen.Contains((row, column))).Select(Score)];
            float[] others = [.. Enumerable.Range(0, 24).Where(column => column % 4 != row % 4).Select(Score)];
            float missing = Score(row % 6 * 4 + row % 4);
            Assert.True(own.Min() > missing, $"row {row}: {own.Min()} is not above {missing}");
            Assert.True(missing > others.Max(), $"row {row}: {missing} is not above {others.Max()}");
        }
    }

    [Fact]
    public void Each_pass_lowers_the_objective_to_where_its_slope_is_zero()
    {
        const double Alpha = 0.2, C = 0.1, Lambda = 0.1;
        var view = Matrices.View(40, 24, Kinds());
        var seen = Kinds().Select(element => (element.Row, element.Column)).ToHashSet();
        double before = double.PositiveInfinity;
        foreach (int passes in new[] { 1, 2, 3, 5, 10, 400 })
        {
            MatrixFactorizationModelParameters model = Matrices.Learn(view, Options(Alpha, C, rank: 3, passes));
            double objective = Objective(model);
            Assert.True(objective <= before * (1 + 1e-6), $"{passes} passes: {objective} after {before}");
            before = objective;
            if (passes < 400) continue;
            // The slope along each factor of the first row: Σ weight (score − wanted) q + λ p.
            for (int d = 0; d < 3; d++)
            {
                double slope = Lambda * model.LeftFactorMatrix[d];
                for (int column = 0; column < 24; column++)
                {
                    bool isSeen = seen.Contains((0, column));
                    slope += (isSeen ? 1 : Alpha) * (model.Score(1, (uint)column + 1) - (isSeen ? 1 : C)) * model.RightFactorMatrix[column * 3 + d];
                }
                Assert.InRange(slope, -1e-3, 1e-3);
            }
        }

        double Objective(MatrixFactorizationModelParameters model)
        {
            double sum = Lambda * model.LeftFactorMatrix.Concat(model.RightFactorMatrix).Sum(factor => (double)factor * factor);
            for (int row = 0; row < 40; row++)
            {
                for (int column = 0; column < 24; column++)
                {
                    double score = model.Score((uint)row + 1, (uint)column + 1);
                    sum += seen.Contains((row, column)) ? Math.Pow(1 - score, 2) : Alpha * Math.Pow(C - score, 2);
                }
            }
            return sum;
        }
    }
}
