using System.Numerics.Tensors;
using MLPipelines.Recommendation;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Trainers;

/// <summary>
/// Coordinate descent for elements that are known to be 1, all others being wanted at C: it minimizes
/// Σ₊ (1 − p·q)² + α Σ₋ (C − p·q)² + λ (Σ ‖p‖² + Σ ‖q‖²), Σ₊ over the elements given and Σ₋ over those that are not, each row and column regularized once.
/// </summary>
/// <remarks>
/// One factor of all rows and columns at a time: its numbers for rows, then for columns, each the best there is with all else kept; three times over.
/// The sum over elements that are not given is that over all of them less those given, and the former needs only the products of factors summed over
/// columns, so that a pass takes time in proportion to the elements given and (rows + columns) × rank². Rows do not depend on each other, nor do columns: threads share them out.
/// Source: Yu, Bilenko and Lin, "Selection of Negative Samples for One-class Matrix Factorization" (2017), algorithm 1.
/// </remarks>
internal sealed class OneClassDescent
{
    private const int Rounds = 3;

    private readonly MatrixFactorizationTrainer.Options _options;
    private readonly ParallelOptions _parallel;
    private readonly Side _rows;
    private readonly Side _columns;

    private OneClassDescent(Interactions elements, MatrixFactorizationTrainer.Options options, Random random, CancellationToken cancellation)
    {
        _options = options;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        (_rows, _columns) = (new Side(elements, options.ApproximationRank), new Side(elements.ByItem, options.ApproximationRank));
        for (int i = 0; i < _columns.Factors.Length; i++) _columns.Factors[i] = random.NextSingle();
    }

    internal static MatrixFactorizationModelParameters Learn(MatrixElements matrix, MatrixFactorizationTrainer.Options options, string name, TrainingEnvironment environment)
    {
        Interactions elements = matrix.ToInteractions();
        var descent = new OneClassDescent(elements, options, new Random(environment.SeedFor(name)), environment.CancellationToken);
        for (int pass = 0; pass < options.NumberOfIterations; pass++)
        {
            for (int factor = 0; factor < options.ApproximationRank; factor++) descent.Improve(factor);
            environment.Report(name, pass + 1, options.NumberOfIterations);
        }
        double known = (double)elements.Count / elements.UserCount / elements.ItemCount;
        return new MatrixFactorizationModelParameters(options.ApproximationRank, (float)(known + (1 - known) * options.C), descent._rows.ToTable(), descent._columns.ToTable());
    }

    private void Improve(int factor)
    {
        float[] oldRows = _rows.Take(factor), oldColumns = _columns.Take(factor);
        float[] rows = [.. oldRows], columns = [.. oldColumns];
        for (int round = 0; round < Rounds; round++)
        {
            Solve(_rows, factor, oldRows, rows, _columns, oldColumns, columns);
            Solve(_columns, factor, oldColumns, columns, _rows, oldRows, rows);
        }
        _rows.Put(factor, rows, oldRows, columns, oldColumns, _parallel);
        _columns.Put(factor, columns, oldColumns, rows, oldRows, _parallel);
    }

    /// <summary>Finds the best numbers of one factor for one side, those of the other side being kept.</summary>
    /// <param name="side">The side.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="old">What the predictions of the side were made with.</param>
    /// <param name="values">The numbers to find.</param>
    /// <param name="other">The other side.</param>
    /// <param name="otherOld">What the predictions were made with on the other side.</param>
    /// <param name="otherValues">The numbers of the other side.</param>
    private void Solve(Side side, int factor, float[] old, float[] values, Side other, float[] otherOld, float[] otherValues)
    {
        double alpha = _options.Alpha, c = _options.C, lambda = _options.Lambda;
        double sum = 0, squares = 0;
        foreach (float value in otherValues)
        {
            sum += value;
            squares += (double)value * value;
        }
        float[] products = other.ProductsWith(otherValues);
        Parallel.For(0, values.Length, _parallel, i =>
        {
            ReadOnlySpan<int> known = side.Elements.ItemsOf(i);
            ReadOnlySpan<float> predictions = side.PredictionsOf(i);
            double first = 0, second = 0, curvature = 0;
            for (int k = 0; k < known.Length; k++)
            {
                double value = otherValues[known[k]];
                first += value;
                curvature += value * value;
                second += (predictions[k] - (double)old[i] * otherOld[known[k]]) * value;
            }
            // With the factor itself taken out of the predictions, what is left is a parabola.
            double rest = TensorPrimitives.Dot<float>(side.FactorsOf(i), products) - (double)old[i] * products[factor];
            double slope = -(1 - alpha * c) * first + (1 - alpha) * second + alpha * (rest - c * sum);
            double best = -slope / ((1 - alpha) * curvature + alpha * squares + lambda);
            values[i] = (float)(_options.NonNegative ? Math.Max(best, 0) : best);
        });
    }

    /// <summary>The rows or the columns: their factors, and what is predicted for the elements of each.</summary>
    private sealed class Side(Interactions elements, int rank)
    {
        private readonly float[] _predictions = new float[elements.Count];
        private readonly int[] _starts = StartsOf(elements);

        internal Interactions Elements => elements;

        internal float[] Factors { get; } = new float[checked(elements.UserCount * rank)];

        internal ReadOnlySpan<float> FactorsOf(int row) => Factors.AsSpan(row * rank, rank);

        internal Span<float> PredictionsOf(int row) => _predictions.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

        internal float[] Take(int factor)
        {
            float[] values = new float[elements.UserCount];
            for (int row = 0; row < values.Length; row++) values[row] = Factors[row * rank + factor];
            return values;
        }

        /// <summary>The sum over rows of each factor times a number of the row.</summary>
        internal float[] ProductsWith(float[] values)
        {
            double[] sums = new double[rank];
            for (int row = 0; row < values.Length; row++)
            {
                ReadOnlySpan<float> factors = FactorsOf(row);
                for (int d = 0; d < factors.Length; d++) sums[d] += (double)factors[d] * values[row];
            }
            return Array.ConvertAll(sums, value => (float)value);
        }

        internal void Put(int factor, float[] values, float[] old, float[] otherValues, float[] otherOld, ParallelOptions parallel) =>
            Parallel.For(0, values.Length, parallel, row =>
            {
                Factors[row * rank + factor] = values[row];
                ReadOnlySpan<int> known = elements.ItemsOf(row);
                Span<float> predictions = PredictionsOf(row);
                for (int k = 0; k < known.Length; k++) predictions[k] += values[row] * otherValues[known[k]] - old[row] * otherOld[known[k]];
            });

        internal float[] ToTable()
        {
            int[] counts = new int[elements.UserCount];
            for (int row = 0; row < counts.Length; row++) counts[row] = elements.ItemsOf(row).Length;
            return FactorTable.Of(Factors, rank, counts);
        }

        private static int[] StartsOf(Interactions elements)
        {
            int[] starts = new int[elements.UserCount + 1];
            for (int row = 0; row < elements.UserCount; row++) starts[row + 1] = starts[row] + elements.ItemsOf(row).Length;
            return starts;
        }
    }
}
