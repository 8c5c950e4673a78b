using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>
/// The product of the covariance of weighted rows with a few columns, Σ w (x − m) ((x − m)ᵀ·basis) / Σ w, in one pass over the rows that uses
/// only what sparse rows store. Sums are in double precision, part by part in a fixed order.
/// </summary>
internal sealed class CovarianceProduct
{
    private readonly FeatureMatrix _rows;
    private readonly float[]? _weights;
    private readonly RowParts _parts;
    private readonly double _weightSum;
    private readonly int _width;

    internal CovarianceProduct(FeatureMatrix rows, float[]? weights, int width, bool center, CancellationToken cancellation)
    {
        (_rows, _weights, _width) = (rows, weights, width);
        _parts = new RowParts(rows.RowCount, (long)rows.ColumnCount * width * sizeof(double), System.Environment.ProcessorCount, cancellation);
        _weightSum = weights is null ? rows.RowCount : weights.Sum(weight => (double)weight);
        Mean = center ? MeanOf() : new double[rows.ColumnCount];
    }

    /// <summary>The weighted mean of the rows; zeros where it is not taken off.</summary>
    internal double[] Mean { get; }

    /// <param name="basis">(features, width)</param>
    /// <returns>(features, width)</returns>
    internal Matrix<double> Times(Matrix<double> basis)
    {
        int size = _rows.ColumnCount;
        double[] byFeature = basis.ToRowMajorArray(), meanPart = new double[_width];
        for (int j = 0; j < size; j++)
            if (Mean[j] != 0) TensorPrimitives.MultiplyAdd(byFeature.AsSpan(j * _width, _width), Mean[j], meanPart, meanPart);
        var sums = new double[_parts.Count][];
        double[][] shares = new double[_parts.Count][];
        _parts.ForEach((part, first, end) => (sums[part], shares[part]) = Sum(byFeature, meanPart, first, end));
        double[] product = sums[0], share = shares[0];
        for (int part = 1; part < sums.Length; part++)
        {
            TensorPrimitives.Add<double>(product, sums[part], product);
            TensorPrimitives.Add<double>(share, shares[part], share);
        }
        for (int j = 0; j < size; j++)
            if (Mean[j] != 0) TensorPrimitives.MultiplyAdd(share, -Mean[j], product.AsSpan(j * _width, _width), product.AsSpan(j * _width, _width));
        TensorPrimitives.Divide(product, _weightSum, product);
        return Matrix<double>.Build.DenseOfRowMajor(size, _width, product);
    }

    /// <summary>Σ w x pᵀ and Σ w p over some rows, where p = (x − m)ᵀ·basis.</summary>
    private (double[] Sums, double[] Shares) Sum(double[] byFeature, double[] meanPart, int first, int end)
    {
        double[] sums = new double[byFeature.Length], shares = new double[_width], projected = new double[_width];
        for (int row = first; row < end; row++)
        {
            double weight = _weights is null ? 1 : _weights[row];
            if (weight == 0) continue;
            RowVector<float> vector = _rows[row];
            ReadOnlySpan<float> values = vector.Values;
            TensorPrimitives.Negate<double>(meanPart, projected);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0) continue;
                TensorPrimitives.MultiplyAdd(byFeature.AsSpan((vector.IsDense ? i : vector.Indices[i]) * _width, _width), values[i], projected, projected);
            }
            TensorPrimitives.Multiply(projected, weight, projected);
            TensorPrimitives.Add<double>(shares, projected, shares);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0) continue;
                Span<double> sum = sums.AsSpan((vector.IsDense ? i : vector.Indices[i]) * _width, _width);
                TensorPrimitives.MultiplyAdd(projected, values[i], sum, sum);
            }
        }
        return (sums, shares);
    }

    private double[] MeanOf()
    {
        double[] mean = new double[_rows.ColumnCount];
        for (int row = 0; row < _rows.RowCount; row++)
        {
            double share = (_weights is null ? 1 : _weights[row]) / _weightSum;
            RowVector<float> vector = _rows[row];
            for (int i = 0; i < vector.Values.Length; i++) mean[vector.IsDense ? i : vector.Indices[i]] += share * vector.Values[i];
        }
        return mean;
    }
}
