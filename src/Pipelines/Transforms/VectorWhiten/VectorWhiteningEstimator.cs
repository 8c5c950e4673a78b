using MathNet.Numerics.LinearAlgebra;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The rotation that whitened vectors are left in.</summary>
public enum WhiteningKind
{
    /// <summary>The directions of most variance become the slots, which can be fewer than before.</summary>
    PrincipalComponentAnalysis,

    /// <summary>The whitened vector that is nearest to the original one: as many slots, with their meaning.</summary>
    ZeroPhaseComponentAnalysis,
}

/// <summary>
/// Makes the slots of vectors of <see cref="float"/> uncorrelated, with a second moment of 1: y = W·x, where the second
/// moments V·diag(λ)·Vᵀ = mean of x·xᵀ give W = diag(1 / √(λ + epsilon))·Vᵀ, or V·diag(1 / √(λ + epsilon))·Vᵀ for the zero-phase
/// kind (Bell and Sejnowski 1997). As in ML.NET the mean is not taken off; NormalizeMeanVariance before it does that. Rows with NaN
/// or infinity are left out of what is learned. Memory grows with the square of the number of slots, not with the rows.
/// </summary>
public sealed class VectorWhiteningEstimator : OneToOneEstimator<VectorWhiteningTransformer>
{
    internal static class Defaults
    {
        internal const WhiteningKind Kind = WhiteningKind.ZeroPhaseComponentAnalysis;
        internal const float Epsilon = 1e-5f;
        internal const int MaximumNumberOfRows = 100 * 1000;
        internal const int Rank = 0;
    }

    private readonly WhiteningKind _kind;
    private readonly float _epsilon;
    private readonly int _maximumNumberOfRows;
    private readonly int _rank;

    internal VectorWhiteningEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, WhiteningKind kind, float epsilon, int maximumNumberOfRows, int rank)
        : base(environment, "VectorWhiten", columns)
    {
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected PrincipalComponentAnalysis or ZeroPhaseComponentAnalysis.");
        if (!(epsilon > 0 && float.IsFinite(epsilon))) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Expected a number above 0.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNumberOfRows);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        (_kind, _epsilon, _maximumNumberOfRows, _rank) = (kind, epsilon, maximumNumberOfRows, rank);
    }

    protected override VectorWhiteningTransformer Fit(BatchView input)
    {
        DataViewSchema.Column column = input.Schema[Columns[0].InputColumnName];
        int size = ((VectorDataViewType)column.Type).Size;
        if (_rank > size) throw new MLPipelinesException($"{Name}: rank {_rank} is more than the {size} slots of column '{column.Name}'. Ask for {size} at most, or 0 for all.");
        double[] moments = SecondMoments.Of(input, column, _maximumNumberOfRows, Environment.CancellationToken);
        var eigen = Matrix<double>.Build.Dense(size, size, moments).Evd(Symmetricity.Symmetric);
        // Eigenvalues rise; the largest come first here.
        var directions = Enumerable.Range(1, size).Select(i => Direction(eigen.EigenVectors.Column(size - i), eigen.EigenValues[size - i].Real));
        if (_kind == WhiteningKind.PrincipalComponentAnalysis)
        {
            double[][] kept = [.. directions.Take(_rank == 0 ? size : _rank)];
            return new([new Whitening(Columns[0], new RowMatrix([.. kept.SelectMany(direction => direction).Select(value => (float)value)], kept.Length, size))]);
        }
        Matrix<double> scaled = Matrix<double>.Build.DenseOfColumnArrays(directions);
        // V·diag(1/s)·Vᵀ out of columns v / s: the scale is there once, so its square root goes on either side.
        Matrix<double> roots = Matrix<double>.Build.DenseOfColumns(scaled.EnumerateColumns().Select(direction => direction / Math.Sqrt(direction.L2Norm())));
        float[] symmetric = [.. roots.TransposeAndMultiply(roots).ToRowMajorArray().Select(value => (float)value)];
        return new([new Whitening(Columns[0], new RowMatrix(symmetric, size, size))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        input.Kind == SchemaShape.Column.VectorKind.Vector && !input.IsKey && input.ItemType.Equals(NumberDataViewType.Single)
            ? new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false) : throw WrongType(input, RowMatrix.Expected);

    /// <summary>A direction of length 1 scaled so that the second moment along it becomes 1.</summary>
    private double[] Direction(Vector<double> vector, double secondMoment)
    {
        // Of the two signs the one that LAPACK and so ML.NET gives: what comes first is negative.
        double first = vector.FirstOrDefault(item => Math.Abs(item) > 1e-9);
        double scale = Math.Sqrt(Math.Max(secondMoment, 0) + _epsilon);
        return (vector / (first > 0 ? -scale : scale)).ToArray();
    }
}
