using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The mean weighted loss of linear scores plus an L2 penalty on the weights, not on the biases:
/// (Σᵢ wᵢ loss(Wᵀxᵢ + b, yᵢ) + ½ l2 ‖W‖²) / Σᵢ wᵢ. The point is the feature-major weights followed by the biases.
/// </summary>
/// <remarks>
/// Scores are computed row by row. The gradient is gathered feature by feature over the transposed examples. In both,
/// each number is summed by one thread in a fixed order, so the result does not depend on the number of threads.
/// Memory: a second copy of the features and one number per row and class.
/// </remarks>
internal sealed class LinearObjective<TLoss> : ISmoothFunction where TLoss : struct, IScoreLoss
{
    private const int RowsPerBlock = 512;
    private const int FeaturesPerBlock = 16;
    // Gradients are summed in single precision over so many items, and in double beyond.
    private const int ItemsPerSum = 4096;

    private readonly TrainingSet _examples;
    private readonly FeatureMatrix _columns;
    private readonly int _scoreCount;
    private readonly int _stride;
    private readonly double _l2;
    private readonly double _weightSum;
    private readonly float[] _residuals;
    private readonly float[] _zeros;
    private readonly ParallelOptions _parallel;
    private readonly ChunkedVectors _vectors;

    internal LinearObjective(TrainingSet examples, int scoreCount, double l2, int threads, CancellationToken cancellation)
    {
        (_examples, _scoreCount, _l2, _stride) = (examples, scoreCount, l2, ClassStride.For(scoreCount));
        _columns = TransposedFeatures.Of(examples.Features);
        _weightSum = ExampleWeights.Sum(examples);
        _residuals = new float[checked(examples.RowCount * _stride)];
        _zeros = new float[_stride];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        _vectors = new ChunkedVectors(threads);
    }

    internal int WeightCount => checked(_examples.Features.ColumnCount * _stride);

    /// <summary>How many numbers a point has.</summary>
    internal int PointLength => checked(WeightCount + _stride);

    public double Evaluate(float[] point, float[] gradient)
    {
        int weightCount = WeightCount, rowBlocks = (_examples.RowCount + RowsPerBlock - 1) / RowsPerBlock;
        double[] losses = new double[rowBlocks];
        double[][] biasParts = new double[rowBlocks][];
        Parallel.For(0, rowBlocks, _parallel, block => losses[block] = ComputeResiduals(point, block, biasParts[block] = new double[_stride]));

        int features = _examples.Features.ColumnCount;
        Parallel.For(0, (features + FeaturesPerBlock - 1) / FeaturesPerBlock, _parallel, block => Gather(point, gradient, block * FeaturesPerBlock));

        double loss = 0;
        Span<double> biases = stackalloc double[_stride <= 256 ? _stride : 0];
        if (_stride > 256) biases = new double[_stride];
        biases.Clear();
        for (int block = 0; block < rowBlocks; block++)
        {
            loss += losses[block];
            TensorPrimitives.Add(biases, biasParts[block], biases);
        }
        for (int k = 0; k < _stride; k++) gradient[weightCount + k] = (float)(biases[k] / _weightSum);
        double squares = _l2 == 0 ? 0 : _vectors.Sum(weightCount, (start, count) => TensorPrimitives.SumOfSquares<float>(point.AsSpan(start, count)));
        return (loss + 0.5 * _l2 * squares) / _weightSum;
    }

    /// <summary>A loss that bends by about a quarter at most, as the logistic one does: ¼ Σ wᵢ xᵢⱼ² and the penalty.</summary>
    public float[] Curvatures()
    {
        float[] curvatures = new float[PointLength];
        Array.Fill(curvatures, 0.25f);
        Parallel.For(0, _columns.RowCount, _parallel, feature =>
        {
            RowVector<float> column = _columns[feature];
            double sum = 0;
            for (int i = 0; i < column.Values.Length; i++) sum += (double)column.Values[i] * column.Values[i] * _examples.WeightOf(column.IsDense ? i : column.Indices[i]);
            double curvature = (0.25 * sum + _l2) / _weightSum;
            curvatures.AsSpan(feature * _stride, _stride).Fill(curvature > float.Epsilon ? (float)curvature : 1);
        });
        return curvatures;
    }

    private double ComputeResiduals(float[] point, int block, double[] biasPart)
    {
        ReadOnlySpan<float> weights = point.AsSpan(0, WeightCount), biases = point.AsSpan(WeightCount);
        double sum = 0;
        int end = Math.Min(_examples.RowCount, (block + 1) * RowsPerBlock);
        for (int row = block * RowsPerBlock; row < end; row++)
        {
            Span<float> residuals = _residuals.AsSpan(row * _stride, _scoreCount);
            float weight = _examples.WeightOf(row);
            if (weight == 0)
            {
                residuals.Clear();
                continue;
            }
            LinearScores.Compute(_examples.Features[row], weights, _stride, biases, residuals);
            sum += weight * TLoss.ToGradient(residuals, _examples.Labels[row]);
            if (weight != 1) TensorPrimitives.Multiply(residuals, weight, residuals);
            for (int k = 0; k < residuals.Length; k++) biasPart[k] += residuals[k];
        }
        return sum;
    }

    private void Gather(float[] point, float[] gradient, int firstFeature)
    {
        Span<float> part = stackalloc float[_stride <= 512 ? _stride : 0];
        if (_stride > 512) part = new float[_stride];
        Span<double> sums = _stride <= 256 ? stackalloc double[_stride] : new double[_stride];
        int end = Math.Min(_examples.Features.ColumnCount, firstFeature + FeaturesPerBlock);
        for (int feature = firstFeature; feature < end; feature++)
        {
            sums.Clear();
            RowVector<float> column = _columns[feature];
            for (int start = 0; start < column.Values.Length; start += ItemsPerSum)
            {
                int count = Math.Min(ItemsPerSum, column.Values.Length - start);
                if (column.IsDense)
                    LinearScores.Compute(RowVector<float>.Dense(column.Values.Slice(start, count)), _residuals.AsSpan(start * _stride), _stride, _zeros, part);
                else
                    LinearScores.Compute(RowVector<float>.Sparse(column.Length, column.Indices.Slice(start, count), column.Values.Slice(start, count)), _residuals, _stride, _zeros, part);
                for (int k = 0; k < part.Length; k++) sums[k] += part[k];
            }
            int offset = feature * _stride;
            for (int k = 0; k < part.Length; k++) gradient[offset + k] = (float)((sums[k] + _l2 * point[offset + k]) / _weightSum);
        }
    }
}
