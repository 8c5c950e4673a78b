using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// Layer normalization (Ba, Kiros and Hinton 2016) and group normalization (Wu and He 2018): y = γ (x - μ) / √(σ² + ε) + β, the mean and the variance being those of a group of
/// channels at all positions of one item, γ and β one per channel.
/// </summary>
internal static unsafe class GroupNormalization
{
    private struct Work
    {
        internal GroupSize Size;
        internal float* X, Y, Dy, Dx, Gamma, Beta, Mean, Scale;

        /// <summary>For each part the sums that its items give for γ and β.</summary>
        internal float* Sums;
        internal float Epsilon;
        internal int PerPart;
    }

    /// <param name="size">How the numbers are grouped.</param>
    /// <param name="x">The input.</param>
    /// <param name="gamma">One per channel, or null for 1.</param>
    /// <param name="beta">One per channel, or null for 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">Receives the result; may be x.</param>
    /// <param name="mean">Receives μ, (outer, groups).</param>
    /// <param name="scale">Receives 1 / √(σ² + ε), (outer, groups).</param>
    internal static void Forward(in GroupSize size, float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* scale)
    {
        Work work = new() { Size = size, X = x, Y = y, Gamma = gamma, Beta = beta, Epsilon = epsilon, Mean = mean, Scale = scale, PerPart = Pieces.Rows(size.Item, Pieces.Cheap / 2) };
        Crew.Run((size.Outer + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    /// <param name="size">How the numbers are grouped.</param>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="dy">The derivatives of its result.</param>
    /// <param name="gamma">As in the forward pass.</param>
    /// <param name="mean">From the forward pass.</param>
    /// <param name="scale">From the forward pass.</param>
    /// <param name="dx">Receives the derivatives of the input; may be dy.</param>
    /// <param name="dGamma">Receives those of γ, or null where there is none.</param>
    /// <param name="dBeta">Receives those of β, or null where there is none.</param>
    internal static void Backward(in GroupSize size, float* x, float* dy, float* gamma, float* mean, float* scale, float* dx, float* dGamma, float* dBeta)
    {
        using Scratch scratch = Scratch.Open();
        // At least 32 items a part: every part has sums of its own.
        int perPart = Math.Max(Pieces.Rows(size.Item, Pieces.Cheap / 2), Math.Min(32, (size.Outer + 7) / 8)), parts = (size.Outer + perPart - 1) / perPart, channels = size.Channels;
        Work work = new() { Size = size, X = x, Dy = dy, Dx = dx, Gamma = gamma, Mean = mean, Scale = scale, PerPart = perPart };
        if (dGamma != null || dBeta != null) work.Sums = scratch.Floats((long)Math.Max(1, parts) * channels * 2);
        Crew.Run(parts, KernelWidths.Pick(&BackwardPart<Lanes1>, &BackwardPart<Lanes8>, &BackwardPart<Lanes16>), &work);
        if (work.Sums == null) return;
        if (parts == 0) new Span<float>(work.Sums, 2 * channels).Clear();
        for (int part = 1; part < parts; part++)
        {
            for (int c = 0; c < 2 * channels; c++) work.Sums[c] += work.Sums[part * 2 * channels + c];
        }
        if (dGamma != null) new ReadOnlySpan<float>(work.Sums, channels).CopyTo(new Span<float>(dGamma, channels));
        if (dBeta != null) new ReadOnlySpan<float>(work.Sums + channels, channels).CopyTo(new Span<float>(dBeta, channels));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Size.Outer), width = work->Size.Width, channels = work->Size.Channels, positions = work->Size.Positions;
        float count = (float)positions * width;
        for (int item = first; item < end; item++)
        {
            for (int group = 0; group < work->Size.Groups; group++)
            {
                long start = (long)item * work->Size.Item + group * width;
                float* x = work->X + start, y = work->Y + start;
                float mean = Sum<T>(x, positions, width, channels) / count;
                float scale = 1 / MathF.Sqrt(SumOfSquares<T>(x, positions, width, channels, mean) / count + work->Epsilon);
                work->Mean[item * work->Size.Groups + group] = mean;
                work->Scale[item * work->Size.Groups + group] = scale;
                float* gamma = work->Gamma == null ? null : work->Gamma + group * width, beta = work->Beta == null ? null : work->Beta + group * width;
                T less = T.Broadcast(mean), factor = T.Broadcast(scale);
                for (int p = 0; p < positions; p++, x += channels, y += channels)
                {
                    int i = 0;
                    for (; i + T.Count <= width; i += T.Count) Normalize(x, gamma, beta, y, less, factor, i, T.Count, isWhole: true);
                    if (i < width) Normalize(x, gamma, beta, y, less, factor, i, width - i, isWhole: false);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum<T>(float* x, int positions, int width, int stride)
        where T : unmanaged, ILanes<T>
    {
        T a = T.Zero, b = T.Zero;
        for (int p = 0; p < positions; p++, x += stride)
        {
            int i = 0;
            for (; i + 2 * T.Count <= width; i += 2 * T.Count)
            {
                a += T.Load(x + i);
                b += T.Load(x + i + T.Count);
            }
            for (; i < width; i += T.Count) a += T.Load(x + i, Math.Min(T.Count, width - i));
        }
        return T.Sum(a + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfSquares<T>(float* x, int positions, int width, int stride, float mean)
        where T : unmanaged, ILanes<T>
    {
        T a = T.Zero, b = T.Zero, less = T.Broadcast(mean);
        for (int p = 0; p < positions; p++, x += stride)
        {
            int i = 0;
            for (; i + 2 * T.Count <= width; i += 2 * T.Count)
            {
                T d = T.Load(x + i) - less, e = T.Load(x + i + T.Count) - less;
                a = T.MultiplyAdd(d, d, a);
                b = T.MultiplyAdd(e, e, b);
            }
            for (; i < width; i += T.Count)
            {
                int wide = Math.Min(T.Count, width - i);
                // Lanes beyond the row have 0 - mean, which times 0 is to count for nothing.
                T d = (T.Load(x + i, wide) - less) * LanesMath.First<T>(wide);
                a = T.MultiplyAdd(d, d, a);
            }
        }
        return T.Sum(a + b);
    }

    // With n = (x - μ) / √(σ² + ε), d = γ dy and means over the group: dx = (d - mean(d) - n mean(d n)) / √(σ² + ε).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Size.Outer), width = work->Size.Width, channels = work->Size.Channels, positions = work->Size.Positions;
        float* sums = work->Sums == null ? null : work->Sums + (long)part * 2 * channels;
        if (sums != null) new Span<float>(sums, 2 * channels).Clear();
        for (int item = first; item < end; item++)
        {
            for (int group = 0; group < work->Size.Groups; group++)
            {
                long start = (long)item * work->Size.Item + group * width;
                T mean = T.Broadcast(work->Mean[item * work->Size.Groups + group]), scale = T.Broadcast(work->Scale[item * work->Size.Groups + group]), sum = T.Zero, along = T.Zero;
                float* gamma = work->Gamma == null ? null : work->Gamma + group * width, x = work->X + start, dy = work->Dy + start, dx = work->Dx + start;
                float* dGamma = sums == null ? null : sums + group * width, dBeta = sums == null ? null : sums + channels + group * width;
                for (int p = 0; p < positions; p++, x += channels, dy += channels)
                {
                    int i = 0;
                    for (; i + T.Count <= width; i += T.Count) Gather(x, dy, gamma, dGamma, dBeta, mean, scale, ref sum, ref along, i, T.Count, isWhole: true);
                    if (i < width) Gather(x, dy, gamma, dGamma, dBeta, mean, scale, ref sum, ref along, i, width - i, isWhole: false);
                }
                float count = (float)positions * width;
                T meanOfAll = T.Broadcast(T.Sum(sum) / count), meanAlong = T.Broadcast(T.Sum(along) / count);
                x = work->X + start;
                dy = work->Dy + start;
                for (int p = 0; p < positions; p++, x += channels, dy += channels, dx += channels)
                {
                    int i = 0;
                    for (; i + T.Count <= width; i += T.Count) Spread(x, dy, gamma, dx, mean, scale, meanOfAll, meanAlong, i, T.Count, isWhole: true);
                    if (i < width) Spread(x, dy, gamma, dx, mean, scale, meanOfAll, meanAlong, i, width - i, isWhole: false);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize<T>(float* x, float* gamma, float* beta, float* y, T mean, T scale, int i, int wide, bool isWhole)
        where T : unmanaged, ILanes<T>
    {
        T value = (LanesMath.Load<T>(x + i, wide, isWhole) - mean) * scale;
        if (gamma != null) value *= LanesMath.Load<T>(gamma + i, wide, isWhole);
        if (beta != null) value += LanesMath.Load<T>(beta + i, wide, isWhole);
        LanesMath.Store(value, y + i, wide, isWhole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather<T>(float* x, float* dy, float* gamma, float* dGamma, float* dBeta, T mean, T scale, ref T sum, ref T along, int i, int wide, bool isWhole)
        where T : unmanaged, ILanes<T>
    {
        T n = (LanesMath.Load<T>(x + i, wide, isWhole) - mean) * scale, d = LanesMath.Load<T>(dy + i, wide, isWhole);
        if (dGamma != null)
        {
            LanesMath.Store(T.MultiplyAdd(n, d, LanesMath.Load<T>(dGamma + i, wide, isWhole)), dGamma + i, wide, isWhole);
            LanesMath.Store(LanesMath.Load<T>(dBeta + i, wide, isWhole) + d, dBeta + i, wide, isWhole);
        }
        if (gamma != null) d *= LanesMath.Load<T>(gamma + i, wide, isWhole);
        sum += d;
        along = T.MultiplyAdd(n, d, along);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<T>(float* x, float* dy, float* gamma, float* dx, T mean, T scale, T meanOfAll, T meanAlong, int i, int wide, bool isWhole)
        where T : unmanaged, ILanes<T>
    {
        T n = (LanesMath.Load<T>(x + i, wide, isWhole) - mean) * scale, d = LanesMath.Load<T>(dy + i, wide, isWhole);
        if (gamma != null) d *= LanesMath.Load<T>(gamma + i, wide, isWhole);
        LanesMath.Store((d - meanOfAll - n * meanAlong) * scale, dx + i, wide, isWhole);
    }
}
