using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// The best vector of one user while items stay as they are (or of one item, by its users): with confidences c = 1 + α r of what the user has and 1 of all else,
/// x = (YᵀY + Σ α r y yᵀ + λ_u I)⁻¹ Σ c y. It owns its memory and serves one thread.
/// </summary>
internal sealed class ConfidenceSolver(ImplicitAlsOptions options)
{
    private readonly int _rank = options.Rank;
    private readonly double[] _matrix = new double[options.Rank * (options.Rank + 1) / 2];
    private readonly double[] _row = new double[options.Rank], _right = new double[options.Rank];
    private readonly bool[] _isOut = new bool[options.Rank];

    /// <summary>YᵀY: the lower triangle, row after row. Sums of fixed runs of rows are added in order.</summary>
    internal static double[] Squares(float[] vectors, int rank, ParallelOptions parallel)
    {
        const int Run = 1024;
        int count = vectors.Length / rank;
        double[][] parts = new double[(count + Run - 1) / Run][];
        Parallel.For(0, parts.Length, parallel, part =>
        {
            double[] sums = parts[part] = new double[rank * (rank + 1) / 2], row = new double[rank];
            for (int i = part * Run; i < Math.Min((part + 1) * Run, count); i++)
            {
                TensorPrimitives.ConvertChecked<float, double>(vectors.AsSpan(i * rank, rank), row);
                AddSquare(sums, row, 1);
            }
        });
        double[] total = new double[rank * (rank + 1) / 2];
        foreach (double[] part in parts) TensorPrimitives.Add<double>(total, part, total);
        return total;
    }

    /// <summary>λ (sum of confidences)^ν.</summary>
    internal static double RidgeOf(ImplicitAlsOptions options, ReadOnlySpan<float> values, int count) =>
        options.Regularization * Math.Pow(count + (options.Alpha * (options.IsBinary ? values.Length : TensorPrimitives.Sum(values))), options.RegularizationPower);

    /// <param name="squares">YᵀY.</param>
    /// <param name="vectors">Y.</param>
    /// <param name="own">The rows of Y that the user has.</param>
    /// <param name="values">r.</param>
    /// <param name="vector">Receives x.</param>
    internal void Solve(double[] squares, float[] vectors, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> vector)
    {
        Array.Clear(_right);
        SymmetricFactor factor = Factor(squares, vectors, own, values);
        factor.Solve(_right);
        TensorPrimitives.ConvertTruncating<double, float>(_right, vector);
    }

    /// <summary>How much each of a user's items adds to the score of an item with vector y: c yᵢᵀ A⁻¹ y (Hu, Koren and Volinsky, section 5).</summary>
    internal void Explain(double[] squares, float[] vectors, ReadOnlySpan<int> own, ReadOnlySpan<float> values, ReadOnlySpan<float> item, Span<float> shares)
    {
        SymmetricFactor factor = Factor(squares, vectors, own, values);
        TensorPrimitives.ConvertChecked(item, _right);
        factor.Solve(_right);
        for (int i = 0; i < own.Length; i++)
        {
            TensorPrimitives.ConvertChecked<float, double>(vectors.AsSpan(own[i] * _rank, _rank), _row);
            shares[i] = (float)((1 + options.ConfidenceOf(values[i])) * TensorPrimitives.Dot<double>(_row, _right));
        }
    }

    /// <summary>The factor of the matrix; the right side is added up on the way.</summary>
    private SymmetricFactor Factor(double[] squares, float[] vectors, ReadOnlySpan<int> own, ReadOnlySpan<float> values)
    {
        squares.CopyTo(_matrix, 0);
        for (int i = 0; i < own.Length; i++)
        {
            double confidence = options.ConfidenceOf(values[i]);
            TensorPrimitives.ConvertChecked<float, double>(vectors.AsSpan(own[i] * _rank, _rank), _row);
            AddSquare(_matrix, _row, confidence);
            TensorPrimitives.MultiplyAdd(_row, 1 + confidence, _right, _right);
        }
        Array.Clear(_isOut);
        return new SymmetricFactor(_matrix, RidgeOf(options, values, vectors.Length / _rank), _isOut, CancellationToken.None);
    }

    private static void AddSquare(double[] lower, ReadOnlySpan<double> row, double weight)
    {
        for (int i = 0, at = 0; i < row.Length; i++)
        {
            Span<double> sums = lower.AsSpan(at, i + 1);
            TensorPrimitives.MultiplyAdd(row[..(i + 1)], weight * row[i], sums, sums);
            at += i + 1;
        }
    }
}
