using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// Learns the vector of one user from its ratings while the items stay as they are, or of one item from its users: the mean and variances of a Gaussian
/// that comes closest to the posterior. For ratings r of items with bias c and x = (1, q): A = Σ E[x xᵀ] / σ² + diag(1 / spread), and the mean is
/// A⁻¹ (Σ (r − μ − c) x / σ² + expected / spread).
/// </summary>
internal sealed class FactorStep(int width)
{
    private readonly double[] _matrix = new double[width * (width + 1) / 2];
    private readonly double[] _scaled = new double[width * (width + 1) / 2];
    private readonly double[] _right = new double[width], _row = new double[width];
    private readonly bool[] _isOut = new bool[width];
    private double _squares;

    /// <summary>Learns a row of a side from what is expected of it and from its ratings.</summary>
    /// <returns>The sum of squared errors of the ratings that is expected.</returns>
    internal double Learn(FactorSide side, int row, FactorSide other, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, double center, double noise)
    {
        Span<double> mean = side.Means.AsSpan(row * width, width), variance = side.Variances.AsSpan(row * width, width);
        SymmetricFactor factor = Learn(side, side.ExpectedOf(row), other, columns, values, center, noise, mean);
        for (int i = 0; i < width; i++)
        {
            Array.Clear(_row);
            _row[i] = 1;
            factor.Solve(_row);
            variance[i] = _row[i];
        }
        return _squares - (2 * TensorPrimitives.Dot<double>(mean, _right)) + Quadratic(mean, variance);
    }

    /// <summary>Learns the vector of one, known or not.</summary>
    /// <param name="side">The spread of its side.</param>
    /// <param name="expected">The mean before any rating.</param>
    /// <param name="other">What is believed of the rated items.</param>
    /// <param name="columns">The rated items.</param>
    /// <param name="values">The ratings.</param>
    /// <param name="center">The mean of all ratings.</param>
    /// <param name="noise">The variance of a rating about its score.</param>
    /// <param name="mean">Receives the mean.</param>
    /// <returns>The factor of A, valid until the next call.</returns>
    internal SymmetricFactor Learn(FactorSide side, ReadOnlySpan<double> expected, FactorSide other, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, double center, double noise, Span<double> mean)
    {
        Collect(other, columns, values, center);
        TensorPrimitives.Divide<double>(_matrix, noise, _scaled);
        for (int i = 0; i < width; i++)
        {
            _scaled[Diagonal(i)] += 1 / side.Spread[i];
            mean[i] = (_right[i] / noise) + (expected[i] / side.Spread[i]);
        }
        Array.Clear(_isOut);
        var factor = new SymmetricFactor(_scaled, 0, _isOut, default);
        factor.Solve(mean);
        return factor;
    }

    /// <summary>Sums E[x xᵀ] and (r − μ − c) x over the ratings.</summary>
    private void Collect(FactorSide other, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, double center)
    {
        Array.Clear(_matrix);
        Array.Clear(_right);
        _squares = 0;
        for (int n = 0; n < columns.Length; n++)
        {
            ReadOnlySpan<double> means = other.MeanOf(columns[n]), variances = other.VarianceOf(columns[n]);
            double target = values[n] - center - means[0];
            _squares += (target * target) + variances[0];
            means.CopyTo(_row);
            _row[0] = 1;
            TensorPrimitives.MultiplyAdd<double>(_row, target, _right, _right);
            for (int i = 0, start = 0; i < width; start += ++i)
            {
                Span<double> sums = _matrix.AsSpan(start, i + 1);
                TensorPrimitives.MultiplyAdd(_row.AsSpan(0, i + 1), _row[i], sums, sums);
                if (i > 0) sums[i] += variances[i];
            }
        }
    }

    private double Quadratic(ReadOnlySpan<double> mean, ReadOnlySpan<double> variance)
    {
        double sum = 0;
        for (int i = 0; i < width; i++)
        {
            ReadOnlySpan<double> row = _matrix.AsSpan(Diagonal(i) - i, i + 1);
            sum += (2 * mean[i] * TensorPrimitives.Dot(row, mean[..(i + 1)])) - (row[i] * mean[i] * mean[i]) + (row[i] * variance[i]);
        }
        return sum;
    }

    private static int Diagonal(int i) => (i * (i + 1) / 2) + i;
}
