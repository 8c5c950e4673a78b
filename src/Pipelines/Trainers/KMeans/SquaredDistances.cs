using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The squared distances of one row from many points, which lie feature-major (see <see cref="ClassStride"/>), so that each stored item of the
/// row adds to many distances at once. A dense row sums (x − c)², which loses nothing to rounding where numbers are large and alike;
/// a sparse one ‖c‖² + Σ ((x − c)² − c²) over what it stores.
/// </summary>
internal sealed unsafe class SquaredDistances
{
    private readonly float[] _points;
    private readonly float[] _norms;
    private readonly float[] _zeros;
    private readonly int _stride;

    /// <param name="points">(count, size), row-major.</param>
    /// <param name="count">How many points, at least 1.</param>
    /// <param name="size">How many features.</param>
    internal SquaredDistances(ReadOnlySpan<float> points, int count, int size)
    {
        // One point is padded to four: the kernels are for vectors.
        (Count, Size, _stride) = (count, size, ClassStride.For(Math.Max(count, 2)));
        (_points, _norms, _zeros) = (new float[checked(size * _stride)], new float[_stride], new float[_stride]);
        for (int k = 0; k < count; k++)
        {
            double norm = 0;
            for (int j = 0; j < size; j++)
            {
                float item = _points[(j * _stride) + k] = points[(k * size) + j];
                norm += (double)item * item;
            }
            _norms[k] = (float)norm;
        }
    }

    internal int Count { get; }

    internal int Size { get; }

    /// <summary>Copies a point.</summary>
    internal void CopyTo(int point, Span<float> items)
    {
        for (int j = 0; j < Size; j++) items[j] = _points[(j * _stride) + point];
    }

    /// <param name="row">The features.</param>
    /// <param name="distances">One per point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compute(RowVector<float> row, Span<float> distances)
    {
        fixed (float* values = row.Values)
        fixed (int* indices = row.Indices)
        fixed (float* points = _points)
        fixed (float* start = row.IsDense ? _zeros : _norms)
        {
            int count = row.Values.Length;
            if (_stride == 4) One<Lanes4, Vector128<float>>(values, indices, count, points, start, 0, distances);
            else if (_stride == 8 && Vector256.IsHardwareAccelerated) One<Lanes8, Vector256<float>>(values, indices, count, points, start, 0, distances);
            else if (Vector512.IsHardwareAccelerated) All<Lanes16, Vector512<float>>(values, indices, count, points, start, distances);
            else if (Vector256.IsHardwareAccelerated) All<Lanes8, Vector256<float>>(values, indices, count, points, start, distances);
            else All<Lanes4, Vector128<float>>(values, indices, count, points, start, distances);
        }
    }

    /// <summary>The nearest point, the first of equally near ones, and the squared distance from it.</summary>
    internal int Nearest(RowVector<float> row, Span<float> room, out float distance)
    {
        Compute(row, room);
        distance = TensorPrimitives.Min<float>(room);
        return room.IndexOf(distance);
    }

    private void All<TLanes, TVector>(float* values, int* indices, int count, float* points, float* start, Span<float> distances)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int first = 0, four = 4 * TLanes.Count;
        for (; first + four <= _stride; first += four) Four<TLanes, TVector>(values, indices, count, points, start, first, distances);
        for (; first < _stride; first += TLanes.Count) One<TLanes, TVector>(values, indices, count, points, start, first, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four<TLanes, TVector>(float* values, int* indices, int count, float* points, float* start, int first, Span<float> distances)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        start += first;
        points += first;
        TVector a = TLanes.Load(start), b = TLanes.Load(start + w), c = TLanes.Load(start + 2 * w), d = TLanes.Load(start + 3 * w);
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            float* at = points + (long)(indices == null ? i : indices[i]) * _stride;
            TVector p = TLanes.Subtract(x, TLanes.Load(at)), q = TLanes.Subtract(x, TLanes.Load(at + w));
            TVector r = TLanes.Subtract(x, TLanes.Load(at + 2 * w)), s = TLanes.Subtract(x, TLanes.Load(at + 3 * w));
            if (indices == null)
            {
                (a, b, c, d) = (TLanes.MultiplyAdd(p, p, a), TLanes.MultiplyAdd(q, q, b), TLanes.MultiplyAdd(r, r, c), TLanes.MultiplyAdd(s, s, d));
                continue;
            }
            // (x − c)² − c² = x · ((x − c) − c)
            a = TLanes.MultiplyAdd(x, TLanes.Subtract(p, TLanes.Load(at)), a);
            b = TLanes.MultiplyAdd(x, TLanes.Subtract(q, TLanes.Load(at + w)), b);
            c = TLanes.MultiplyAdd(x, TLanes.Subtract(r, TLanes.Load(at + 2 * w)), c);
            d = TLanes.MultiplyAdd(x, TLanes.Subtract(s, TLanes.Load(at + 3 * w)), d);
        }
        Write<TLanes, TVector>(a, first, distances);
        Write<TLanes, TVector>(b, first + w, distances);
        Write<TLanes, TVector>(c, first + 2 * w, distances);
        Write<TLanes, TVector>(d, first + 3 * w, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void One<TLanes, TVector>(float* values, int* indices, int count, float* points, float* start, int first, Span<float> distances)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        points += first;
        // Two sums, so that one addition need not wait for the one before.
        TVector a = TLanes.Load(start + first), b = TLanes.Broadcast(0);
        int i = 0;
        if (indices == null)
        {
            for (; i + 2 <= count; i += 2)
            {
                float* at = points + (long)i * _stride;
                TVector p = TLanes.Subtract(TLanes.Broadcast(values[i]), TLanes.Load(at)), q = TLanes.Subtract(TLanes.Broadcast(values[i + 1]), TLanes.Load(at + _stride));
                (a, b) = (TLanes.MultiplyAdd(p, p, a), TLanes.MultiplyAdd(q, q, b));
            }
            if (i < count)
            {
                TVector p = TLanes.Subtract(TLanes.Broadcast(values[i]), TLanes.Load(points + (long)i * _stride));
                a = TLanes.MultiplyAdd(p, p, a);
            }
        }
        for (; indices != null && i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]), c = TLanes.Load(points + (long)indices[i] * _stride);
            a = TLanes.MultiplyAdd(x, TLanes.Subtract(TLanes.Subtract(x, c), c), a);
        }
        Write<TLanes, TVector>(TLanes.Add(a, b), first, distances);
    }

    // Rounding may leave a little less than 0; the last vector may reach beyond the last point.
    [SkipLocalsInit]
    private static void Write<TLanes, TVector>(TVector vector, int first, Span<float> distances)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        if (first >= distances.Length) return;
        float* lanes = stackalloc float[TLanes.Count];
        // NaN stays NaN: the second of both is taken where one is.
        TLanes.Store(TLanes.Max(TLanes.Broadcast(0), vector), lanes);
        new ReadOnlySpan<float>(lanes, Math.Min(TLanes.Count, distances.Length - first)).CopyTo(distances[first..]);
    }
}
