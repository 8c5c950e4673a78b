using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The scores of all classes for one row: biases + Σ xⱼ · weights of feature j, over feature-major weights (see
/// <see cref="ClassStride"/>), so that each stored item adds a few vectors that lie side by side.
/// </summary>
internal static unsafe class LinearScores
{
    /// <param name="row">The features.</param>
    /// <param name="weights">The weight of feature j for class k is at <c>j * stride + k</c>.</param>
    /// <param name="stride">As <see cref="ClassStride"/> gives it.</param>
    /// <param name="biases">One per class, padded to the stride.</param>
    /// <param name="scores">Where the scores go, one per class.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Compute(RowVector<float> row, ReadOnlySpan<float> weights, int stride, ReadOnlySpan<float> biases, Span<float> scores)
    {
        if (stride == 1)
        {
            scores[0] = Dot(row, weights) + biases[0];
            return;
        }
        fixed (float* values = row.Values)
        fixed (int* indices = row.Indices)
        fixed (float* matrix = weights)
        fixed (float* start = biases)
        {
            int count = row.Values.Length;
            if (stride == 4) ScoreChunks.One<Lanes4, Vector128<float>>(values, indices, count, matrix, stride, start, scores);
            else if (stride == 8 && Vector256.IsHardwareAccelerated) ScoreChunks.One<Lanes8, Vector256<float>>(values, indices, count, matrix, stride, start, scores);
            else if (Vector512.IsHardwareAccelerated) ScoreChunks.All<Lanes16, Vector512<float>>(values, indices, count, matrix, stride, start, scores);
            else if (Vector256.IsHardwareAccelerated) ScoreChunks.All<Lanes8, Vector256<float>>(values, indices, count, matrix, stride, start, scores);
            else ScoreChunks.All<Lanes4, Vector128<float>>(values, indices, count, matrix, stride, start, scores);
        }
    }

    /// <summary>Adds multiples of a row to the weights: weights of feature j += xⱼ · steps.</summary>
    /// <param name="row">The features.</param>
    /// <param name="steps">One per class, padded to the stride.</param>
    /// <param name="weights">Feature-major.</param>
    /// <param name="stride">As <see cref="ClassStride"/> gives it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(RowVector<float> row, ReadOnlySpan<float> steps, Span<float> weights, int stride)
    {
        fixed (float* values = row.Values)
        fixed (int* indices = row.Indices)
        fixed (float* matrix = weights)
        fixed (float* step = steps)
        {
            int count = row.Values.Length;
            if (stride % 16 == 0 && Vector512.IsHardwareAccelerated) Add<Lanes16, Vector512<float>>(values, indices, count, matrix, stride, step);
            else if (stride % 8 == 0 && Vector256.IsHardwareAccelerated) Add<Lanes8, Vector256<float>>(values, indices, count, matrix, stride, step);
            else if (stride % 4 == 0) Add<Lanes4, Vector128<float>>(values, indices, count, matrix, stride, step);
            else Add<ScalarLane, float>(values, indices, count, matrix, stride, step);
        }
    }

    /// <summary>Adds multiples of a row to sums, and shrinks the sums by a threshold to weights: sign(sum) · max(|sum| − threshold, 0).</summary>
    internal static void AddAndShrink(RowVector<float> row, ReadOnlySpan<float> steps, Span<float> sums, Span<float> weights, int stride, float threshold)
    {
        fixed (float* values = row.Values)
        fixed (int* indices = row.Indices)
        fixed (float* from = sums)
        fixed (float* to = weights)
        fixed (float* step = steps)
        {
            int count = row.Values.Length;
            if (stride % 16 == 0 && Vector512.IsHardwareAccelerated) AddAndShrink<Lanes16, Vector512<float>>(values, indices, count, from, to, stride, step, threshold);
            else if (stride % 8 == 0 && Vector256.IsHardwareAccelerated) AddAndShrink<Lanes8, Vector256<float>>(values, indices, count, from, to, stride, step, threshold);
            else AddAndShrink<Lanes4, Vector128<float>>(values, indices, count, from, to, stride, step, threshold);
        }
    }

    /// <summary>Σ xⱼ · weightⱼ for one class.</summary>
    internal static float Dot(RowVector<float> row, ReadOnlySpan<float> weights)
    {
        if (row.IsDense) return System.Numerics.Tensors.TensorPrimitives.Dot(row.Values, weights[..row.Length]);
        ReadOnlySpan<int> indices = row.Indices;
        ReadOnlySpan<float> values = row.Values;
        // Four sums, so that one addition need not wait for the one before.
        float a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i + 4 <= indices.Length; i += 4)
        {
            a += values[i] * weights[indices[i]];
            b += values[i + 1] * weights[indices[i + 1]];
            c += values[i + 2] * weights[indices[i + 2]];
            d += values[i + 3] * weights[indices[i + 3]];
        }
        for (; i < indices.Length; i++) a += values[i] * weights[indices[i]];
        return a + b + (c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* steps)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            float* at = weights + (long)(indices == null ? i : indices[i]) * stride;
            for (int k = 0; k < stride; k += w) TLanes.Store(TLanes.MultiplyAdd(x, TLanes.Load(steps + k), TLanes.Load(at + k)), at + k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAndShrink<TLanes, TVector>(float* values, int* indices, int count, float* sums, float* weights, int stride, float* steps, float threshold)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        TVector zero = TLanes.Broadcast(0), shrink = TLanes.Broadcast(threshold);
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            long at = (long)(indices == null ? i : indices[i]) * stride;
            for (int k = 0; k < stride; k += w)
            {
                TVector sum = TLanes.MultiplyAdd(x, TLanes.Load(steps + k), TLanes.Load(sums + at + k));
                TLanes.Store(sum, sums + at + k);
                TLanes.Store(TLanes.Add(TLanes.Max(TLanes.Subtract(sum, shrink), zero), TLanes.Min(TLanes.Add(sum, shrink), zero)), weights + at + k);
            }
        }
    }
}
