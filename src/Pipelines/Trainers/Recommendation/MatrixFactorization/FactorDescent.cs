using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Trainers;

/// <summary>
/// Stochastic gradient descent for known elements r: it minimizes Σ (r − p·q)² + λ (‖p‖² + ‖q‖²) over the elements, p being the factors of an element's
/// row and q those of its column. A row is regularized as often as it has elements.
/// </summary>
/// <remarks>
/// Values are divided by their standard deviation while steps are taken. A pass goes over the diagonals of a <see cref="MatrixGrid"/>, in an order drawn
/// anew each time; what is learned is the same for any number of threads (<see cref="GridPass"/>).
/// Sources: Chin, Zhuang, Juan and Lin, "A Fast Parallel Stochastic Gradient Method for Matrix Factorization in Shared Memory Systems" (2015), and
/// <see cref="FactorSteps"/>.
/// </remarks>
internal static class FactorDescent
{
    internal static MatrixFactorizationModelParameters Learn(MatrixElements matrix, MatrixFactorizationTrainer.Options options, string name, TrainingEnvironment environment)
    {
        var random = new Random(environment.SeedFor(name));
        var (mean, deviation) = matrix.Moments();
        double unit = UnitOf(mean, deviation);
        var grid = new MatrixGrid(matrix, (float)(1 / unit), random);
        // Learning starts at the mean: it is the product of the first factors.
        float root = (float)Math.Sqrt(Math.Abs(mean / unit));
        FactorState rows = new(grid.RowCounts, grid.RowPlaces, options.ApproximationRank, root, random, options.NonNegative);
        FactorState columns = new(grid.ColumnCounts, grid.ColumnPlaces, options.ApproximationRank, mean < 0 && !options.NonNegative ? -root : root, random, options.NonNegative);
        var settings = new FactorSettings((float)options.LearningRate, (float)(options.Lambda / unit), options.NonNegative);
        var blocks = new GridPass(grid, options.Threads, environment.CancellationToken);
        int[] diagonals = [.. Enumerable.Range(0, grid.Size)];
        for (int pass = 0; pass < options.NumberOfIterations; pass++)
        {
            random.Shuffle(diagonals);
            double loss = blocks.Run(diagonals, (cut, row, column) => FactorSteps.Run(cut.BlockAt(row, column), rows, columns, settings));
            environment.Report(name, pass + 1, options.NumberOfIterations, loss * unit * unit / matrix.Count);
        }
        float scale = (float)Math.Sqrt(unit);
        return new MatrixFactorizationModelParameters(options.ApproximationRank, (float)mean, rows.ToTable(scale), columns.ToTable(scale));
    }

    /// <summary>What values are divided by: their standard deviation, or for values that hardly differ their size.</summary>
    private static double UnitOf(double mean, double deviation)
    {
        if (deviation > 1e-4 * Math.Abs(mean)) return deviation;
        return mean == 0 ? 1 : Math.Abs(mean);
    }
}
