using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Trainers;

/// <summary>
/// Trains the problems of one block of classes side by side, one vector lane each. For an example x with signs y (one per
/// lane) the kernel computes s = Wᵀx, the gradient of the dual G = y s − 1 + α / 2C, moves α to its optimum given the others,
/// max(0, α − G / (‖x‖² + 1 / 2C)), and adds the change to W.
/// </summary>
/// <remarks>
/// Two rules save work and change nothing at the end. A lane is moved only if its projected gradient is above a tenth of the
/// tolerance: every move then lowers the objective by a minimal amount, so that descent still ends. A pair of example and
/// block that needed no move twice in a row is passed over until everything else is within the tolerance; then all pairs
/// are visited again, and only a complete pass without a violation ends the training.
/// </remarks>
internal sealed unsafe class DualDescentBlock<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const float MoveFraction = 0.1f;
    private const int VisitsBeforeRest = 2;
    private const int RowsBetweenChecks = 4096;

    private readonly DualDescentProblem _problem;
    private readonly int _first;
    private readonly int _count;
    private readonly float* _weights;
    private readonly float* _alphas;
    private readonly float* _signs;
    private readonly float* _diagonals;
    private readonly byte[] _calm;

    /// <param name="problem">The examples.</param>
    /// <param name="first">The first problem of the block.</param>
    /// <param name="count">The number of problems; lanes beyond it stay at zero.</param>
    internal DualDescentBlock(DualDescentProblem problem, int first, int count)
    {
        (_problem, _first, _count) = (problem, first, count);
        int width = TLanes.Count;
        _calm = new byte[problem.Rows.Length];
        _weights = Allocate((nuint)(problem.Features.ColumnCount + 1) * (nuint)width);
        if (problem.Options.Center is { } center) Start(center);
        _alphas = Allocate((nuint)problem.Rows.Length * (nuint)width);
        _signs = Allocate((nuint)((width + 1) * width));
        _diagonals = Allocate((nuint)((width + 1) * width));
        // Row p of both tables is for an example that is positive in lane p; the last row for one that is so in none.
        for (int positive = 0; positive <= width; positive++)
        {
            for (int lane = 0; lane < width; lane++)
            {
                _signs[positive * width + lane] = lane >= count ? 0 : lane == positive ? 1 : -1;
                _diagonals[positive * width + lane] = lane >= count ? 1 : problem.Diagonal(first + lane, lane == positive);
            }
        }
    }

    internal int Passes { get; private set; }

    internal float Violation { get; private set; }

    internal bool HasConverged { get; private set; }

    internal void Run(CancellationToken cancellation)
    {
        DualDescentOptions options = _problem.Options;
        int[] order = [.. Enumerable.Range(0, _problem.Rows.Length)];
        var random = new Random(options.Seed);
        bool complete = true;
        while (Passes < options.MaximumPasses)
        {
            random.Shuffle(order);
            Passes++;
            float violation = 0;
            for (int start = 0; start < order.Length; start += RowsBetweenChecks)
            {
                cancellation.ThrowIfCancellationRequested();
                violation = MathF.Max(violation, Visit(order.AsSpan(start, Math.Min(RowsBetweenChecks, order.Length - start)), complete));
            }
            if (float.IsNaN(violation) || float.IsInfinity(violation)) throw new MLPipelinesException(
                "The linear support vector machine diverged: the feature values are too large for single precision. Normalize the features (NormalizeMinMax, NormalizeMeanVariance).");
            if (complete) Violation = violation;
            if (violation > options.Tolerance)
            {
                complete = false;
                continue;
            }
            if (complete)
            {
                HasConverged = true;
                return;
            }
            complete = true;
        }
    }

    /// <summary>With every α at zero the weights are the center of the regularization.</summary>
    private void Start(float[] center)
    {
        int stride = ClassStride.For(_problem.ProblemCount), width = TLanes.Count;
        for (int feature = 0; feature < _problem.Features.ColumnCount; feature++)
            center.AsSpan(feature * stride + _first, _count).CopyTo(new Span<float>(_weights + (long)feature * width, _count));
    }

    /// <summary>Writes the block into the feature-major weights of all problems.</summary>
    internal void CopyTo(float[] weights, int stride, float[] biases)
    {
        int width = TLanes.Count, features = _problem.Features.ColumnCount;
        for (int feature = 0; feature < features; feature++)
            new ReadOnlySpan<float>(_weights + (long)feature * width, _count).CopyTo(weights.AsSpan(feature * stride + _first));
        for (int lane = 0; lane < _count; lane++)
            biases[_first + lane] = _weights[(long)features * width + lane] * _problem.Options.BiasScale;
    }

    /// <summary>Visits examples in order; returns the largest projected gradient seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Visit(ReadOnlySpan<int> order, bool complete)
    {
        int width = TLanes.Count;
        FeatureMatrix features = _problem.Features;
        float biasScale = _problem.Options.BiasScale;
        float moveAbove = _problem.Options.Tolerance * MoveFraction;
        float[]? rowWeights = _problem.Options.RowWeights;
        ReadOnlySpan<int> rows = _problem.Rows, classes = _problem.Classes;
        ReadOnlySpan<float> norms = _problem.SquaredNorms;
        Span<byte> calm = _calm;
        float* bias = _weights + (long)features.ColumnCount * width;
        TVector worst = TLanes.Broadcast(0);
        int positiveOffset = _problem.PositiveClass(_first);
        bool dense = features.IsDense;

        fixed (float* allValues = features.Values)
        fixed (int* allIndices = features.Indices)
        fixed (long* starts = features.Starts)
        {
            foreach (int example in order)
            {
                if (!complete && calm[example] >= VisitsBeforeRest) continue;
                int row = rows[example];
                long start = dense ? (long)row * features.ColumnCount : starts[row];
                int count = dense ? features.ColumnCount : (int)(starts[row + 1] - start);
                float* values = allValues + start;
                int* indices = allIndices + start;

                TVector score = TLanes.Multiply(TLanes.Broadcast(biasScale), TLanes.Load(bias));
                score = dense ? Dot(values, count, score) : Dot(values, indices, count, score);

                int lane = classes[row] - positiveOffset;
                int table = (uint)lane < (uint)width ? lane * width : width * width;
                TVector zero = TLanes.Broadcast(0);
                TVector sign = TLanes.Load(_signs + table);
                TVector diagonal = TLanes.Load(_diagonals + table);
                if (rowWeights is not null) diagonal = TLanes.Divide(diagonal, TLanes.Broadcast(rowWeights[row]));
                float* alphas = _alphas + (long)example * width;
                TVector alpha = TLanes.Load(alphas);
                // sign² is 1 in lanes that are in use and 0 in the others, which keeps those at zero.
                TVector gradient = TLanes.MultiplyAdd(diagonal, alpha, TLanes.Subtract(TLanes.Multiply(sign, score), TLanes.Multiply(sign, sign)));
                TVector projected = TLanes.WhereGreater(alpha, zero, gradient, TLanes.Min(gradient, zero));
                TVector magnitude = TLanes.Abs(projected);
                worst = TLanes.Max(worst, magnitude);
                TVector limit = TLanes.Broadcast(moveAbove);
                if (!TLanes.AnyGreater(magnitude, limit))
                {
                    if (calm[example] < VisitsBeforeRest) calm[example]++;
                    continue;
                }
                calm[example] = 0;
                TVector curvature = TLanes.Add(TLanes.Broadcast(norms[example]), diagonal);
                TVector moved = TLanes.Max(zero, TLanes.Subtract(alpha, TLanes.Divide(gradient, curvature)));
                moved = TLanes.WhereGreater(magnitude, limit, moved, alpha);
                TLanes.Store(moved, alphas);
                TVector step = TLanes.Multiply(sign, TLanes.Subtract(moved, alpha));
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(biasScale), step, TLanes.Load(bias)), bias);
                if (dense) Add(values, count, step);
                else Add(values, indices, count, step);
            }
        }

        float* lanes = stackalloc float[width];
        TLanes.Store(worst, lanes);
        float violation = 0;
        for (int lane = 0; lane < _count; lane++) violation = MathF.Max(violation, lanes[lane]);
        return violation;
    }

    // Four sums hide the latency of the multiply-add; their order is fixed, so results do not depend on anything else.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Dot(float* values, int* indices, int count, TVector sum)
    {
        int width = TLanes.Count, i = 0;
        float* weights = _weights;
        TVector sum1 = TLanes.Broadcast(0), sum2 = sum1, sum3 = sum1;
        for (; i + 4 <= count; i += 4)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), TLanes.Load(weights + (long)indices[i] * width), sum);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(values[i + 1]), TLanes.Load(weights + (long)indices[i + 1] * width), sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(values[i + 2]), TLanes.Load(weights + (long)indices[i + 2] * width), sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(values[i + 3]), TLanes.Load(weights + (long)indices[i + 3] * width), sum3);
        }
        for (; i < count; i++) sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), TLanes.Load(weights + (long)indices[i] * width), sum);
        return TLanes.Add(TLanes.Add(sum, sum1), TLanes.Add(sum2, sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Dot(float* values, int count, TVector sum)
    {
        int width = TLanes.Count, i = 0;
        float* weights = _weights;
        TVector sum1 = TLanes.Broadcast(0);
        for (; i + 2 <= count; i += 2, weights += 2 * width)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), TLanes.Load(weights), sum);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(values[i + 1]), TLanes.Load(weights + width), sum1);
        }
        if (i < count) sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), TLanes.Load(weights), sum);
        return TLanes.Add(sum, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(float* values, int* indices, int count, TVector step)
    {
        int width = TLanes.Count;
        float* weights = _weights;
        for (int i = 0; i < count; i++)
        {
            float* weight = weights + (long)indices[i] * width;
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), step, TLanes.Load(weight)), weight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(float* values, int count, TVector step)
    {
        int width = TLanes.Count;
        float* weight = _weights;
        for (int i = 0; i < count; i++, weight += width)
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), step, TLanes.Load(weight)), weight);
    }

    private static float* Allocate(nuint count)
    {
        nuint bytes = Math.Max(count, 1) * sizeof(float);
        void* memory = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(memory, bytes);
        return (float*)memory;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_weights);
        NativeMemory.AlignedFree(_alphas);
        NativeMemory.AlignedFree(_signs);
        NativeMemory.AlignedFree(_diagonals);
    }
}
