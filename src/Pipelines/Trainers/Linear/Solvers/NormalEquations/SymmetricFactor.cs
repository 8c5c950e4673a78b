using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// The Cholesky factor of a symmetric matrix without negative eigenvalues. A row that is a combination of those before it, but for
/// rounding, is left out: its unknown is 0 in every solution.
/// </summary>
internal sealed class SymmetricFactor
{
    // Numbers in single precision tell no finer dependences apart.
    private const double Dependent = 1e-11;

    private readonly double[] _lower;

    /// <param name="lower">The lower triangle, row after row; becomes the factor.</param>
    /// <param name="ridge">What is added to the diagonal.</param>
    /// <param name="isOut">Rows to leave out; more are marked.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal SymmetricFactor(double[] lower, double ridge, bool[] isOut, CancellationToken cancellation)
    {
        (_lower, IsOut) = (lower, isOut);
        for (int i = 0; i < isOut.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> row = Row(i);
            double diagonal = row[i] + ridge;
            for (int j = 0; j < i; j++) row[j] = isOut[i] || isOut[j] ? 0 : (row[j] - TensorPrimitives.Dot<double>(row[..j], Row(j)[..j])) / Row(j)[j];
            double pivot = diagonal - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            isOut[i] |= !(pivot > Dependent * diagonal);
            if (isOut[i]) row.Clear();
            else row[i] = Math.Sqrt(pivot);
        }
    }

    /// <summary>Which rows are left out.</summary>
    internal bool[] IsOut { get; }

    internal int Rank => IsOut.Count(isOut => !isOut);

    /// <summary>Replaces the right side of the equations by their solution.</summary>
    internal void Solve(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = IsOut[i] ? 0 : (values[i] - TensorPrimitives.Dot<double>(Row(i)[..i], values[..i])) / Row(i)[i];
        for (int i = values.Length - 1; i >= 0; i--)
        {
            if (IsOut[i]) continue;
            values[i] /= Row(i)[i];
            TensorPrimitives.MultiplyAdd(Row(i)[..i], -values[i], values[..i], values[..i]);
        }
    }

    private Span<double> Row(int i) => _lower.AsSpan(i * (i + 1) / 2, i + 1);
}
