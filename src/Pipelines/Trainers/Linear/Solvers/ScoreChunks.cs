using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers;

/// <summary>
/// Scores of eight, four, two or one vectors of classes at a time: their sums stay in registers while the items of the row go by.
/// </summary>
internal static unsafe class ScoreChunks
{
    internal static void All<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* biases, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int width = TLanes.Count, first = 0;
        for (; first + 8 * width <= stride; first += 8 * width) Eight<TLanes, TVector>(values, indices, count, weights + first, stride, biases + first, scores[first..]);
        if (first + 4 * width <= stride)
        {
            Four<TLanes, TVector>(values, indices, count, weights + first, stride, biases + first, scores[first..]);
            first += 4 * width;
        }
        if (first + 2 * width <= stride)
        {
            Two<TLanes, TVector>(values, indices, count, weights + first, stride, biases + first, scores[first..]);
            first += 2 * width;
        }
        if (first < stride) One<TLanes, TVector>(values, indices, count, weights + first, stride, biases + first, scores[first..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* biases, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        TVector a = TLanes.Load(biases), b = TLanes.Load(biases + w), c = TLanes.Load(biases + 2 * w), d = TLanes.Load(biases + 3 * w);
        TVector e = TLanes.Load(biases + 4 * w), f = TLanes.Load(biases + 5 * w), g = TLanes.Load(biases + 6 * w), h = TLanes.Load(biases + 7 * w);
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            float* at = weights + (long)(indices == null ? i : indices[i]) * stride;
            a = TLanes.MultiplyAdd(x, TLanes.Load(at), a);
            b = TLanes.MultiplyAdd(x, TLanes.Load(at + w), b);
            c = TLanes.MultiplyAdd(x, TLanes.Load(at + 2 * w), c);
            d = TLanes.MultiplyAdd(x, TLanes.Load(at + 3 * w), d);
            e = TLanes.MultiplyAdd(x, TLanes.Load(at + 4 * w), e);
            f = TLanes.MultiplyAdd(x, TLanes.Load(at + 5 * w), f);
            g = TLanes.MultiplyAdd(x, TLanes.Load(at + 6 * w), g);
            h = TLanes.MultiplyAdd(x, TLanes.Load(at + 7 * w), h);
        }
        Write<TLanes, TVector>(a, 0, scores);
        Write<TLanes, TVector>(b, w, scores);
        Write<TLanes, TVector>(c, 2 * w, scores);
        Write<TLanes, TVector>(d, 3 * w, scores);
        Write<TLanes, TVector>(e, 4 * w, scores);
        Write<TLanes, TVector>(f, 5 * w, scores);
        Write<TLanes, TVector>(g, 6 * w, scores);
        Write<TLanes, TVector>(h, 7 * w, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* biases, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        TVector a = TLanes.Load(biases), b = TLanes.Load(biases + w), c = TLanes.Load(biases + 2 * w), d = TLanes.Load(biases + 3 * w);
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            float* at = weights + (long)(indices == null ? i : indices[i]) * stride;
            a = TLanes.MultiplyAdd(x, TLanes.Load(at), a);
            b = TLanes.MultiplyAdd(x, TLanes.Load(at + w), b);
            c = TLanes.MultiplyAdd(x, TLanes.Load(at + 2 * w), c);
            d = TLanes.MultiplyAdd(x, TLanes.Load(at + 3 * w), d);
        }
        Write<TLanes, TVector>(a, 0, scores);
        Write<TLanes, TVector>(b, w, scores);
        Write<TLanes, TVector>(c, 2 * w, scores);
        Write<TLanes, TVector>(d, 3 * w, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* biases, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int w = TLanes.Count;
        TVector a = TLanes.Load(biases), b = TLanes.Load(biases + w);
        for (int i = 0; i < count; i++)
        {
            TVector x = TLanes.Broadcast(values[i]);
            float* at = weights + (long)(indices == null ? i : indices[i]) * stride;
            a = TLanes.MultiplyAdd(x, TLanes.Load(at), a);
            b = TLanes.MultiplyAdd(x, TLanes.Load(at + w), b);
        }
        Write<TLanes, TVector>(a, 0, scores);
        Write<TLanes, TVector>(b, w, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void One<TLanes, TVector>(float* values, int* indices, int count, float* weights, int stride, float* biases, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector a = TLanes.Load(biases);
        for (int i = 0; i < count; i++)
        {
            float* at = weights + (long)(indices == null ? i : indices[i]) * stride;
            a = TLanes.MultiplyAdd(TLanes.Broadcast(values[i]), TLanes.Load(at), a);
        }
        Write<TLanes, TVector>(a, 0, scores);
    }

    // The last vector may reach beyond the last class.
    [SkipLocalsInit]
    private static void Write<TLanes, TVector>(TVector vector, int first, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        if (first >= scores.Length) return;
        float* lanes = stackalloc float[TLanes.Count];
        TLanes.Store(vector, lanes);
        new ReadOnlySpan<float>(lanes, Math.Min(TLanes.Count, scores.Length - first)).CopyTo(scores[first..]);
    }
}
