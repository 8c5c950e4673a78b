using MathNet.Numerics.LinearAlgebra;

namespace MLPipelines.Transforms;

/// <summary>
/// Learns a <see cref="RidgeImputation"/>: round by round and slot by slot, an equation is fitted to the rows that have the slot, and
/// fills it in those that do not, until the filled numbers move no more (van Buuren and Groothuis-Oudshoorn 2011, "mice", with
/// ridge regression and without chance, as scikit-learn's <c>IterativeImputer</c>).
/// </summary>
/// <param name="means">The mean of each slot.</param>
/// <param name="deviations">The standard deviation of each slot.</param>
/// <param name="l2Regularization">What ridge regression adds to the diagonal.</param>
internal sealed class RidgeImputationLearner(double[] means, double[] deviations, double l2Regularization)
{
    // A row is its scaled numbers and a 1, so that products with the 1 are sums and the count.
    private readonly int _width = means.Length + 1;
    private readonly double[] _complete = new double[(means.Length + 1) * (means.Length + 1)];
    private readonly List<(double[] Scaled, bool[] Missing)> _incomplete = [];
    private double _largest;

    /// <summary>Takes in a row. Only rows that lack something are kept.</summary>
    internal void Add(ReadOnlySpan<double> row)
    {
        double[] scaled = new double[_width];
        RidgeImputation.Scale(means, deviations, row, scaled);
        scaled[^1] = 1;
        bool[] missing = new bool[row.Length];
        for (int slot = 0; slot < row.Length; slot++)
        {
            missing[slot] = !double.IsFinite(row[slot]);
            if (!missing[slot]) _largest = Math.Max(_largest, Math.Abs(scaled[slot]));
        }
        if (missing.Contains(true)) _incomplete.Add((scaled, missing));
        else AddProducts(_complete, scaled);
    }

    /// <param name="maximumIterations">How many rounds there are at most.</param>
    /// <param name="tolerance">The rounds end when no filled number moved by more than this share of the largest number.</param>
    /// <param name="report">Called after each round with the rounds done and the largest move.</param>
    internal RidgeImputation Learn(int maximumIterations, double tolerance, Action<int, double> report)
    {
        int slots = means.Length;
        int[] missingOf = new int[slots];
        foreach (var (_, missing) in _incomplete)
            for (int slot = 0; slot < slots; slot++) missingOf[slot] += missing[slot] ? 1 : 0;
        // Slots that lack little first: what is filled early helps to fill the rest. OrderBy keeps the order of equals.
        int[] order = [.. Enumerable.Range(0, slots).OrderBy(slot => missingOf[slot])];
        var weights = new List<double[]>();
        for (int round = 1; round <= maximumIterations; round++)
        {
            double[] equations = new double[slots * _width];
            double moved = 0;
            foreach (int slot in order)
            {
                Span<double> equation = equations.AsSpan(slot * _width, _width);
                Solve(slot, equation);
                foreach (var (scaled, missing) in _incomplete)
                {
                    if (!missing[slot]) continue;
                    double filled = RidgeImputation.Predict(equation, scaled.AsSpan(0, slots));
                    moved = Math.Max(moved, Math.Abs(filled - scaled[slot]));
                    scaled[slot] = filled;
                }
            }
            weights.Add(equations);
            report(round, moved);
            if (moved <= tolerance * _largest) break;
        }
        return new RidgeImputation(means, deviations, order, [.. weights.SelectMany(round => round)]);
    }

    /// <summary>Fits the equation of a slot to the rows that have it.</summary>
    private void Solve(int slot, Span<double> equation)
    {
        if (deviations[slot] == 0) return;
        double[] products = (double[])_complete.Clone();
        foreach (var (scaled, missing) in _incomplete)
            if (!missing[slot]) AddProducts(products, scaled);
        int last = _width - 1;
        double count = products[^1];
        int[] others = [.. Enumerable.Range(0, last).Where(other => other != slot && deviations[other] > 0)];
        double Mean(int i) => products[(last * _width) + i] / count;
        double Centered(int i, int j) => products[(Math.Max(i, j) * _width) + Math.Min(i, j)] - (count * Mean(i) * Mean(j));
        equation[^1] = Mean(slot);
        if (others.Length == 0) return;
        var matrix = Matrix<double>.Build.Dense(others.Length, others.Length, (i, j) => Centered(others[i], others[j]) + (i == j ? l2Regularization : 0));
        Vector<double> solution = matrix.Cholesky().Solve(Vector<double>.Build.Dense(others.Length, i => Centered(others[i], slot)));
        for (int i = 0; i < others.Length; i++)
        {
            equation[others[i]] = solution[i];
            equation[^1] -= solution[i] * Mean(others[i]);
        }
    }

    /// <summary>Adds x·xᵀ to a matrix of products, of which the half left of the diagonal is kept.</summary>
    private void AddProducts(double[] products, double[] x)
    {
        for (int i = 0; i < _width; i++)
        {
            if (x[i] == 0) continue;
            Span<double> row = products.AsSpan(i * _width, i + 1);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(x.AsSpan(0, i + 1), x[i], row, row);
        }
    }
}
