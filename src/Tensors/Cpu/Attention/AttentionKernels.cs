using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// Attention softmax(Q Kᵀ scale + mask) V block by block, without the matrix of all scores (Dao and others 2022): a block of queries goes through blocks of keys and keeps the greatest score and
/// the sum of powers so far; the derivatives compute the scores again.
/// </summary>
/// <remarks>A query that sees no key has zeros as its result and gives no derivatives.</remarks>
internal static unsafe class AttentionKernels
{
    // Of few heads the queries are divided, so that there are parts for all threads; keys are then turned several times.
    private const int FewHeads = 16, QueriesOfFew = 64, QueriesOfMany = 256, QueriesBack = 64, KeysAtATime = 256;

    private struct Work
    {
        internal AttentionSize Size;
        internal float* Q, K, V, Y, Logs, Dy, Dq, Dk, Dv;
        internal int Blocks, PerBlock;
    }

    /// <param name="size">Sizes, scale and mask.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="y">Receives the results, in the shape of the queries.</param>
    /// <param name="logs">Receives ln Σ e^score, (batch, heads, queries), which the derivatives take.</param>
    internal static void Forward(in AttentionSize size, float* q, float* k, float* v, float* y, float* logs)
    {
        Work work = new() { Size = size, Q = q, K = k, V = v, Y = y, Logs = logs, PerBlock = size.Batch * size.Heads < FewHeads ? QueriesOfFew : QueriesOfMany };
        work.Blocks = (size.Queries + work.PerBlock - 1) / work.PerBlock;
        Crew.Run(size.Batch * size.Heads * work.Blocks, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    /// <param name="size">Sizes, scale and mask.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="y">The results.</param>
    /// <param name="logs">From the forward pass.</param>
    /// <param name="dy">The derivatives of the results.</param>
    /// <param name="dq">Receives those of the queries.</param>
    /// <param name="dk">Receives those of the keys.</param>
    /// <param name="dv">Receives those of the values.</param>
    internal static void Backward(in AttentionSize size, float* q, float* k, float* v, float* y, float* logs, float* dy, float* dq, float* dk, float* dv)
    {
        Work work = new() { Size = size, Q = q, K = k, V = v, Y = y, Logs = logs, Dy = dy, Dq = dq, Dk = dk, Dv = dv };
        Crew.Run(size.Batch * size.Heads, KernelWidths.Pick(&BackwardPart<Lanes1>, &BackwardPart<Lanes8>, &BackwardPart<Lanes16>), &work);
    }

    private static void ForwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        AttentionSize size = work->Size;
        int head = part / work->Blocks % size.Heads, batch = part / work->Blocks / size.Heads, first = part % work->Blocks * work->PerBlock, queries = Math.Min(work->PerBlock, size.Queries - first);
        nint stride = size.Stride, place = (nint)head * size.Width, at = ((nint)batch * size.Queries + first) * stride + place;
        float* q = work->Q + at, y = work->Y + at;
        using Scratch scratch = Scratch.Open();
        int room = size.Room<T>(KeysAtATime), tall = Math.Min(Tiles.Rows<T>(), queries);
        float* kept = size.Rate > 0 ? scratch.Floats(room) : null;
        float* scores = scratch.Floats((long)tall * room), greatest = scratch.Floats(queries), sums = scratch.Floats(queries);
        HeadFactor k = HeadFactor.Turned<T>(work->K, size.Keys, size, scratch, room), v = HeadFactor.Lying<T>(work->V, size.Keys, size, scratch, room);
        new Span<float>(greatest, queries).Fill(float.NegativeInfinity);
        new Span<float>(sums, queries).Clear();
        for (int i = 0; i < queries; i++) new Span<float>(y + i * stride, size.Width).Clear();
        for (int key = 0; key < size.Keys && size.Seen(first + queries - 1, key, 1) > 0; key += room)
        {
            int keys = Math.Min(room, size.Keys - key), wide = size.Rounded<T>(keys);
            k.Take<T>(batch, head, key, keys);
            v.Take<T>(batch, head, key, keys);
            // The scores of a few queries stay in the first-level cache until they are used up.
            for (int top = 0, rows; top < queries; top += rows)
            {
                rows = Tiles.Height<T>(queries - top);
                k.Multiply<T, ByRow>(q + top * stride, stride, rows, size.Width, wide, scores, room, adds: false);
                for (int i = top; i < top + rows; i++)
                {
                    int seen = size.Seen(first + i, key, keys);
                    float* row = scores + (long)(i - top) * room, mask = size.MaskOf(batch, head, first + i);
                    float most = MathF.Max(greatest[i], Scores<T>(row, seen, size.Scale, mask == null ? null : mask + key));
                    float shift = float.IsNegativeInfinity(most) ? 0 : most, shrink = key == 0 ? 0 : MathF.Exp(greatest[i] - shift);
                    // Whole vectors, so that a sum is the same whatever hidden keys follow.
                    new Span<float>(row + seen, wide - seen).Fill(float.NegativeInfinity);
                    sums[i] = sums[i] * shrink + SoftmaxKernels.SumOfPowers<T>(row, row, wide, shift);
                    greatest[i] = most;
                    if (kept != null)
                    {
                        Draw<T>(kept, size.Stream, size.BlockOf(batch, head, first + i, key), seen, size.Rate);
                        Multiply<T>(row, kept, seen);
                    }
                    if (key > 0 && shrink != 1) Multiply<T>(y + i * stride, size.Width, shrink);
                }
                v.Multiply<T, ByRow>(scores, room, rows, keys, size.Width, y + top * stride, stride, adds: true);
            }
        }
        for (int i = 0; i < queries; i++)
        {
            bool sees = sums[i] > 0 || float.IsNaN(sums[i]);
            if (sees) Multiply<T>(y + i * stride, size.Width, 1 / sums[i]);
            work->Logs[((long)batch * size.Heads + head) * size.Queries + first + i] = sees ? greatest[i] + MathF.Log(sums[i]) : 0;
        }
    }

    private static void BackwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        AttentionSize size = work->Size;
        int head = part % size.Heads, batch = part / size.Heads, room = size.Room<T>(KeysAtATime), most = Math.Min(QueriesBack, size.Queries);
        nint stride = size.Stride, place = (nint)head * size.Width, atQueries = (nint)batch * size.Queries * stride + place, atKeys = (nint)batch * size.Keys * stride + place;
        float* logs = work->Logs + ((long)batch * size.Heads + head) * size.Queries;
        using Scratch scratch = Scratch.Open();
        float* kept = size.Rate > 0 ? scratch.Floats(room) : null;
        float* powers = scratch.Floats((long)most * room), slopes = scratch.Floats((long)most * room), along = scratch.Floats(size.Queries);
        HeadFactor turnedK = HeadFactor.Turned<T>(work->K, size.Keys, size, scratch, room), turnedV = HeadFactor.Turned<T>(work->V, size.Keys, size, scratch, room), k = HeadFactor.Lying<T>(work->K, size.Keys, size, scratch, room);
        HeadFactor q = HeadFactor.Lying<T>(work->Q, size.Queries, size, scratch, most), dy = HeadFactor.Lying<T>(work->Dy, size.Queries, size, scratch, most);
        for (int i = 0; i < size.Queries; i++)
        {
            new Span<float>(work->Dq + atQueries + i * stride, size.Width).Clear();
            along[i] = Dot<T>(work->Dy + atQueries + i * stride, work->Y + atQueries + i * stride, size.Width);
        }
        for (int j = 0; j < size.Keys; j++)
        {
            new Span<float>(work->Dk + atKeys + j * stride, size.Width).Clear();
            new Span<float>(work->Dv + atKeys + j * stride, size.Width).Clear();
        }
        for (int key = 0; key < size.Keys; key += room)
        {
            int keys = Math.Min(room, size.Keys - key), wide = size.Rounded<T>(keys);
            nint toKeys = atKeys + key * stride;
            turnedK.Take<T>(batch, head, key, keys);
            turnedV.Take<T>(batch, head, key, keys);
            k.Take<T>(batch, head, key, keys);
            for (int first = 0; first < size.Queries; first += most)
            {
                int queries = Math.Min(most, size.Queries - first);
                if (size.Seen(first + queries - 1, key, 1) == 0) continue;
                nint toQueries = atQueries + first * stride;
                turnedK.Multiply<T, ByRow>(work->Q + toQueries, stride, queries, size.Width, wide, powers, room, adds: false);
                turnedV.Multiply<T, ByRow>(work->Dy + toQueries, stride, queries, size.Width, wide, slopes, room, adds: false);
                for (int i = 0; i < queries; i++)
                {
                    int seen = size.Seen(first + i, key, keys);
                    float* row = powers + (long)i * room, slope = slopes + (long)i * room, mask = size.MaskOf(batch, head, first + i);
                    Scores<T>(row, seen, size.Scale, mask == null ? null : mask + key);
                    if (kept != null)
                    {
                        Draw<T>(kept, size.Stream, size.BlockOf(batch, head, first + i, key), seen, size.Rate);
                        Multiply<T>(slope, kept, seen);
                    }
                    Slopes<T>(row, slope, seen, logs[first + i], along[first + i], size.Scale);
                    if (kept != null) Multiply<T>(row, kept, seen);
                    new Span<float>(row + seen, keys - seen).Clear();
                    new Span<float>(slope + seen, keys - seen).Clear();
                }
                q.Take<T>(batch, head, first, queries);
                dy.Take<T>(batch, head, first, queries);
                dy.Multiply<T, ByColumn>(powers, room, keys, queries, size.Width, work->Dv + toKeys, stride, adds: true);
                q.Multiply<T, ByColumn>(slopes, room, keys, queries, size.Width, work->Dk + toKeys, stride, adds: true);
                k.Multiply<T, ByRow>(slopes, room, queries, keys, size.Width, work->Dq + toQueries, stride, adds: true);
            }
        }
    }

    /// <summary>Scores and masks a row, in place, and gives its greatest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Scores<T>(float* row, int count, float scale, float* mask)
        where T : unmanaged, ILanes<T>
    {
        T factor = T.Broadcast(scale), most = T.Broadcast(float.NegativeInfinity);
        int i = 0;
        for (; i + T.Count <= count; i += T.Count)
        {
            T score = T.Load(row + i) * factor;
            if (mask != null) score += T.Load(mask + i);
            T.Store(score, row + i);
            most = T.Max(score, most);
        }
        float greatest = T.Greatest(most);
        for (; i < count; i++)
        {
            row[i] = row[i] * scale + (mask == null ? 0 : mask[i]);
            greatest = row[i] > greatest ? row[i] : greatest;
        }
        return greatest;
    }

    /// <summary>p = e^(score - log) in place of the scores, and p (dp - along) scale in place of dp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Slopes<T>(float* row, float* slope, int count, float log, float along, float scale)
        where T : unmanaged, ILanes<T>
    {
        T shift = T.Broadcast(log), less = T.Broadcast(along), factor = T.Broadcast(scale);
        for (int i = 0; i < count; i += T.Count)
        {
            int wide = Math.Min(T.Count, count - i);
            T p = LanesMath.Exp(T.Load(row + i, wide) - shift);
            T.Store(p, row + i, wide);
            T.Store(p * (T.Load(slope + i, wide) - less) * factor, slope + i, wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T>(float* x, int count, float factor)
        where T : unmanaged, ILanes<T>
    {
        T all = T.Broadcast(factor);
        for (int i = 0; i < count; i += T.Count)
        {
            int wide = Math.Min(T.Count, count - i);
            T.Store(T.Load(x + i, wide) * all, x + i, wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T>(float* x, float* by, int count)
        where T : unmanaged, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
        {
            int wide = Math.Min(T.Count, count - i);
            T.Store(T.Load(x + i, wide) * T.Load(by + i, wide), x + i, wide);
        }
    }

    /// <summary>0 for the keys that are dropped, otherwise 1 / (1 - rate).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw<T>(float* kept, RandomStream stream, long block, int count, float rate)
        where T : unmanaged, ILanes<T>
    {
        uint* bits = stackalloc uint[KeysAtATime + 4 * RandomBits.Beyond];
        RandomBits.Fill<T>(stream, block, (count + 3) / 4, bits);
        T limit = T.Broadcast(rate), factor = T.Broadcast(1 / (1 - rate));
        for (int i = 0; i < count; i += T.Count) T.Store(T.Select(T.Less(T.Fraction(bits + i), limit), T.Zero, factor), kept + i, Math.Min(T.Count, count - i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot<T>(float* a, float* b, int count)
        where T : unmanaged, ILanes<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < count; i += T.Count)
        {
            int wide = Math.Min(T.Count, count - i);
            sum = T.MultiplyAdd(T.Load(a + i, wide), T.Load(b + i, wide), sum);
        }
        return T.Sum(sum);
    }
}
