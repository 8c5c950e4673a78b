using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace MLPipelines.TimeSeries;

/// <summary>
/// A ridge regression of values on those some lags before, with the penalty of the least leave-one-out error. In the directions of the
/// eigenvectors of XᵀX every penalty costs one pass over the values: the error without a row is r / (1 − h), with h its leverage.
/// </summary>
internal sealed class LaggedRidge
{
    private const double LeastPenalty = 1e-6;
    private const double MostPenalty = 10;
    private const double Step = 3;

    /// <param name="values">About 0, with deviation 1.</param>
    /// <param name="lags">Rising.</param>
    /// <param name="prior">What the weights are drawn to.</param>
    internal LaggedRidge(double[] values, int[] lags, double[] prior)
    {
        int count = lags.Length, first = lags[^1], rows = values.Length - first;
        double[][] columns = [.. lags.Select(lag => Centred(values.AsSpan(first - lag, rows)))];
        double[] target = Centred(values.AsSpan(first));
        for (int i = 0; i < count; i++) TensorPrimitives.MultiplyAdd(columns[i], -prior[i], target, target);
        var gram = Matrix<double>.Build.Dense(count, count);
        for (int i = 0; i < count; i++)
            for (int j = 0; j <= i; j++)
                gram[i, j] = gram[j, i] = TensorPrimitives.Dot<double>(columns[i], columns[j]);
        var eigen = gram.Evd(Symmetricity.Symmetric);
        double[] spreads = [.. eigen.EigenValues.Select(value => Math.Max(0, value.Real))];
        double[][] turned = [.. Enumerable.Range(0, count).Select(_ => new double[rows])];
        double[] along = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) TensorPrimitives.MultiplyAdd(columns[j], eigen.EigenVectors[j, i], turned[i], turned[i]);
            along[i] = TensorPrimitives.Dot<double>(turned[i], target);
        }

        double best = double.PositiveInfinity, penalty = LeastPenalty * rows, chosen = penalty;
        double[] residuals = new double[rows], leverages = new double[rows], squares = new double[rows];
        for (; penalty <= MostPenalty * rows; penalty *= Step)
        {
            target.CopyTo(residuals, 0);
            leverages.AsSpan().Fill(1.0 / rows);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.MultiplyAdd(turned[i], -along[i] / (spreads[i] + penalty), residuals, residuals);
                TensorPrimitives.Multiply<double>(turned[i], turned[i], squares);
                TensorPrimitives.MultiplyAdd(squares, 1 / (spreads[i] + penalty), leverages, leverages);
            }
            double sum = 0;
            for (int row = 0; row < rows; row++)
            {
                double error = residuals[row] / Math.Max(1 - leverages[row], 1e-6);
                sum += error * error;
            }
            if (sum < best) (best, chosen) = (sum, penalty);
        }
        Deviation = Math.Sqrt(best / rows);
        Weights = [.. prior];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                Weights[j] += eigen.EigenVectors[j, i] * along[i] / (spreads[i] + chosen);
        Constant = TensorPrimitives.Average(values.AsSpan(first));
        for (int i = 0; i < count; i++) Constant -= Weights[i] * TensorPrimitives.Average(values.AsSpan(first - lags[i], rows));
    }

    internal double[] Weights { get; }

    internal double Constant { get; }

    /// <summary>Of the leave-one-out errors.</summary>
    internal double Deviation { get; }

    private static double[] Centred(ReadOnlySpan<double> values)
    {
        double[] centred = new double[values.Length];
        TensorPrimitives.Subtract(values, TensorPrimitives.Average(values), centred);
        return centred;
    }
}
