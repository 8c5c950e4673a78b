using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>
/// The directions along which weighted rows vary most: eigenvectors of A = Σ w (x − m)(x − m)ᵀ / Σ w, of which only products with a few vectors
/// are computed. A random start Ω of rank + oversampling columns is multiplied by A and made orthonormal, again and again, until it spans the
/// space of the largest eigenvalues; A in this space is small (Halko, Martinsson and Tropp 2011, "Finding structure with randomness"). Where Ω would have
/// as many columns as there are features, the space is known and the result is exact.
/// </summary>
/// <param name="Mean">The mean of the rows, or zeros: what is taken off them.</param>
/// <param name="Directions">(rank, size), row-major, each of length 1 and orthogonal to the others, that of most variance first. Of the two signs the one that makes the largest item positive.</param>
/// <param name="Variances">The variance along each direction; around zero when the mean is not taken off.</param>
internal sealed record PrincipalComponents(float[] Mean, float[] Directions, double[] Variances)
{
    // Each multiplication lowers what is left of smaller eigenvalues by their ratio; the directions of near ones mix until it has.
    private const int Multiplications = 6;

    /// <param name="rows">The rows; no NaN or infinity.</param>
    /// <param name="weights">One per row; <see langword="null"/> when all count the same.</param>
    /// <param name="rank">How many directions, at most as many as there are features.</param>
    /// <param name="oversampling">How many more columns Ω has.</param>
    /// <param name="center">Whether the mean is taken off.</param>
    /// <param name="seed">Fixes Ω.</param>
    /// <param name="onPass">Told of each pass over the rows: its number and how many there will be.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static PrincipalComponents Of(FeatureMatrix rows, float[]? weights, int rank, int oversampling, bool center, int seed, Action<int, int> onPass, CancellationToken cancellation)
    {
        int size = rows.ColumnCount, width = (int)Math.Min((long)rank + oversampling, size);
        var covariance = new CovarianceProduct(rows, weights, width, center, cancellation);
        Matrix<double> basis;
        if (width == size)
        {
            basis = Matrix<double>.Build.DenseIdentity(size);
        }
        else
        {
            var random = new TauswortheRandom((uint)seed);
            basis = Matrix<double>.Build.Dense(size, width, (_, _) => random.NextNormal());
            for (int i = 0; i < Multiplications; i++)
            {
                onPass(i, Multiplications + 1);
                basis = Orthonormal(covariance.Times(basis), random);
            }
        }
        onPass(width == size ? 0 : Multiplications, width == size ? 1 : Multiplications + 1);
        Matrix<double> small = basis.TransposeThisAndMultiply(covariance.Times(basis));
        var eigen = ((small + small.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        float[] directions = new float[rank * size];
        double[] variances = new double[rank];
        // Eigenvalues rise; the largest come first here.
        for (int i = 0; i < rank; i++)
        {
            double[] direction = (basis * eigen.EigenVectors.Column(width - 1 - i)).ToArray();
            double scale = Math.CopySign(1, direction[TensorPrimitives.IndexOfMaxMagnitude<double>(direction)]) / TensorPrimitives.Norm<double>(direction);
            for (int j = 0; j < size; j++) directions[(i * size) + j] = (float)(direction[j] * scale);
            variances[i] = Math.Max(0, eigen.EigenValues[width - 1 - i].Real);
        }
        return new PrincipalComponents(Array.ConvertAll(covariance.Mean, item => (float)item), directions, variances);
    }

    /// <summary>The mean along each direction.</summary>
    internal float[] ProjectedMean()
    {
        float[] projected = new float[Variances.Length];
        for (int i = 0; i < projected.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < Mean.Length; j++) sum += (double)Directions[(i * Mean.Length) + j] * Mean[j];
            projected[i] = (float)sum;
        }
        return projected;
    }

    /// <summary>Columns that span the same space, of length 1 and orthogonal (Gram and Schmidt, twice for full precision).</summary>
    private static Matrix<double> Orthonormal(Matrix<double> matrix, TauswortheRandom random)
    {
        double[][] columns = matrix.ToColumnArrays();
        for (int i = 0; i < columns.Length; i++)
        {
            double before = TensorPrimitives.Norm<double>(columns[i]);
            double after = Reduce(columns, i);
            // Nothing is left of a column that depends on those before it, such as where rows are constant: any other direction does.
            for (int attempt = 0; !(after > 1e-10 * before) && attempt < 10; attempt++)
            {
                foreach (ref double item in columns[i].AsSpan()) item = random.NextNormal();
                before = TensorPrimitives.Norm<double>(columns[i]);
                after = Reduce(columns, i);
            }
            TensorPrimitives.Divide(columns[i], after, columns[i]);
        }
        return Matrix<double>.Build.DenseOfColumnArrays(columns);
    }

    private static double Reduce(double[][] columns, int column)
    {
        for (int pass = 0; pass < 2; pass++)
            for (int j = 0; j < column; j++)
                TensorPrimitives.MultiplyAdd(columns[j], -TensorPrimitives.Dot<double>(columns[j], columns[column]), columns[column], columns[column]);
        return TensorPrimitives.Norm<double>(columns[column]);
    }
}
