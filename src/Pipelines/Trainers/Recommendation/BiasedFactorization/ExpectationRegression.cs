using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// What is expected of a user or an item before its ratings, from what is known of it: a ridge regression of its bias and factors on sparse features. With
/// the rated items as features (each 1 / √count) it is the implicit term of SVD++ (Koren 2008) as a prior; features of age or genre serve rows without any
/// rating. Weights W minimise Σ |v − Wᵀ f|² + ridge |W|²; a few conjugate-gradient steps a pass go on from those before.
/// </summary>
internal sealed class ExpectationRegression
{
    private readonly Interactions _features;
    private readonly FactorSide _side;
    private readonly double _ridge;
    private readonly int _width;

    /// <param name="features">The features of each row, see <see cref="RatingContext"/>.</param>
    /// <param name="side">The rows; its weights and expectations are learned.</param>
    /// <param name="ridge">What keeps weights small, above 0.</param>
    internal ExpectationRegression(Interactions features, FactorSide side, double ridge) => (_features, _side, _ridge, _width) = (features, side, ridge, side.Width);

    private double[] Weights => _side.Weights;

    /// <summary>Improves the weights, and sets what is expected of each row.</summary>
    internal void Learn(int steps, ParallelOptions parallel)
    {
        int width = _width;
        double[] rows = new double[_side.Count * width], residual = new double[Weights.Length], product = new double[Weights.Length];
        Multiply(_features, Weights, rows, parallel);
        TensorPrimitives.Subtract<double>(_side.Means, rows, rows);
        Multiply(_features.ByItem, rows, residual, parallel);
        TensorPrimitives.MultiplyAdd<double>(Weights, -_ridge, residual, residual);
        double[] direction = (double[])residual.Clone(), squares = Products(residual, residual);
        for (int step = 0; step < steps; step++)
        {
            Multiply(_features, direction, rows, parallel);
            Multiply(_features.ByItem, rows, product, parallel);
            TensorPrimitives.MultiplyAdd<double>(direction, _ridge, product, product);
            double[] curve = Products(direction, product), along = new double[width], next, back = new double[width];
            for (int i = 0; i < width; i++) along[i] = curve[i] > 0 ? squares[i] / curve[i] : 0;
            AddScaled(direction, along, Weights, Weights);
            for (int i = 0; i < width; i++) along[i] = -along[i];
            AddScaled(product, along, residual, residual);
            next = Products(residual, residual);
            for (int i = 0; i < width; i++) back[i] = squares[i] > 0 ? next[i] / squares[i] : 0;
            AddScaled(direction, back, residual, direction);
            squares = next;
        }
        Multiply(_features, Weights, _side.Expected, parallel);
    }

    /// <summary>What is expected of a row of features.</summary>
    internal static void Expect(ReadOnlySpan<int> features, ReadOnlySpan<float> values, ReadOnlySpan<double> weights, Span<double> expected)
    {
        expected.Clear();
        for (int i = 0; i < features.Length; i++)
            TensorPrimitives.MultiplyAdd(weights.Slice(features[i] * expected.Length, expected.Length), values[i], expected, expected);
    }

    private void Multiply(Interactions matrix, double[] vectors, double[] products, ParallelOptions parallel) =>
        Parallel.For(0, matrix.UserCount, parallel, row => Expect(matrix.ItemsOf(row), matrix.ValuesOf(row), vectors, products.AsSpan(row * _width, _width)));

    private double[] Products(double[] left, double[] right)
    {
        double[] sums = new double[_width];
        for (int i = 0; i < left.Length; i += _width) TensorPrimitives.MultiplyAdd<double>(left.AsSpan(i, _width), right.AsSpan(i, _width), sums, sums);
        return sums;
    }

    private void AddScaled(double[] vectors, double[] scales, double[] others, double[] sums)
    {
        for (int i = 0; i < vectors.Length; i += _width) TensorPrimitives.MultiplyAdd<double>(vectors.AsSpan(i, _width), scales, others.AsSpan(i, _width), sums.AsSpan(i, _width));
    }
}
