using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Normalization;

/// <summary>The passes of batch normalization over the rows of one part.</summary>
internal static unsafe class NormalizationPasses
{
    /// <summary>Sums and sums of squares around the part's first row.</summary>
    internal static void Moments<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref NormalizationWork work = ref *(NormalizationWork*)context;
        (long first, long end) = work.Range(part);
        int channels = work.Data.Channels, channel = 0;
        float* start = work.Data.Input + (first * channels), centers = work.Centers + (part * channels), sums = work.Sums + (part * channels), squares = work.Squares + (part * channels);
        for (; channel <= channels - (4 * L.Count); channel += 4 * L.Count) MomentsOfFour<L>(start + channel, channels, end - first, centers + channel, sums + channel, squares + channel);
        for (; channel <= channels - L.Count; channel += L.Count) MomentsOf<L>(start + channel, channels, end - first, centers + channel, sums + channel, squares + channel);
        for (; channel < channels; channel++) MomentsOf<Lanes1>(start + channel, channels, end - first, centers + channel, sums + channel, squares + channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MomentsOf<L>(float* row, nint stride, long rows, float* centers, float* sums, float* squares)
        where L : unmanaged, ILanes<L>
    {
        L center = L.Load(row), sum = L.Zero, square = L.Zero;
        for (; rows > 0; rows--, row += stride)
        {
            L x = L.Load(row) - center;
            sum += x;
            square = L.MultiplyAdd(x, x, square);
        }
        L.Store(center, centers);
        L.Store(sum, sums);
        L.Store(square, squares);
    }

    /// <summary>Four registers of channels side by side: whole cache lines in a row, and sums that do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MomentsOfFour<L>(float* row, nint stride, long rows, float* centers, float* sums, float* squares)
        where L : unmanaged, ILanes<L>
    {
        L center0 = L.Load(row), center1 = L.Load(row + L.Count), center2 = L.Load(row + (2 * L.Count)), center3 = L.Load(row + (3 * L.Count));
        L sum0 = L.Zero, sum1 = L.Zero, sum2 = L.Zero, sum3 = L.Zero, square0 = L.Zero, square1 = L.Zero, square2 = L.Zero, square3 = L.Zero;
        for (; rows > 0; rows--, row += stride)
        {
            L x = L.Load(row) - center0;
            sum0 += x;
            square0 = L.MultiplyAdd(x, x, square0);
            x = L.Load(row + L.Count) - center1;
            sum1 += x;
            square1 = L.MultiplyAdd(x, x, square1);
            x = L.Load(row + (2 * L.Count)) - center2;
            sum2 += x;
            square2 = L.MultiplyAdd(x, x, square2);
            x = L.Load(row + (3 * L.Count)) - center3;
            sum3 += x;
            square3 = L.MultiplyAdd(x, x, square3);
        }
        Store(center0, center1, center2, center3, centers);
        Store(sum0, sum1, sum2, sum3, sums);
        Store(square0, square1, square2, square3, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<L>(L a, L b, L c, L d, float* to)
        where L : unmanaged, ILanes<L>
    {
        L.Store(a, to);
        L.Store(b, to + L.Count);
        L.Store(c, to + (2 * L.Count));
        L.Store(d, to + (3 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref NormalizationWork work = ref *(NormalizationWork*)context;
        NormalizationData data = work.Data;
        (long row, long end) = work.Range(part);
        int channels = data.Channels;
        for (; row < end; row++)
        {
            float* x = data.Input + (row * channels), y = data.Output + (row * channels), added = data.Added == null ? null : data.Added + (row * channels);
            int channel = 0;
            for (; channel <= channels - L.Count; channel += L.Count) ApplyTo<L>(work, x, added, channel, data.Rectified, y);
            for (; channel < channels; channel++) ApplyTo<Lanes1>(work, x, added, channel, data.Rectified, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyTo<L>(in NormalizationWork work, float* x, float* added, int channel, bool rectified, float* y)
        where L : unmanaged, ILanes<L>
    {
        L value = L.MultiplyAdd(L.Load(x + channel), L.Load(work.Scale + channel), L.Load(work.Shift + channel));
        if (added != null) value += L.Load(added + channel);
        L.Store(rectified ? L.Max(L.Zero, value) : value, y + channel);
    }

    /// <summary>Sums of g and of g (x - μ), where g is the output's gradient where the result was not cut off; g is also what was added receives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void GradientSums<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref NormalizationWork work = ref *(NormalizationWork*)context;
        (long first, long end) = work.Range(part);
        int channels = work.Data.Channels, channel = 0;
        for (; channel <= channels - (2 * L.Count); channel += 2 * L.Count)
        {
            L mean = L.Load(work.Mean + channel), mean2 = L.Load(work.Mean + channel + L.Count), sum = L.Zero, sum2 = L.Zero, product = L.Zero, product2 = L.Zero;
            for (long at = (first * channels) + channel, last = end * channels; at < last; at += channels)
            {
                L gradient = Given<L>(work, at, channel, out L x), gradient2 = Given<L>(work, at + L.Count, channel + L.Count, out L x2);
                sum += gradient;
                sum2 += gradient2;
                product = L.MultiplyAdd(gradient, x - mean, product);
                product2 = L.MultiplyAdd(gradient2, x2 - mean2, product2);
            }
            int to = (part * channels) + channel;
            L.Store(sum, work.Sums + to);
            L.Store(sum2, work.Sums + to + L.Count);
            L.Store(product, work.Squares + to);
            L.Store(product2, work.Squares + to + L.Count);
        }
        for (; channel <= channels - L.Count; channel += L.Count) GradientSumsOf<L>(work, part, channel);
        for (; channel < channels; channel++) GradientSumsOf<Lanes1>(work, part, channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientSumsOf<L>(in NormalizationWork work, int part, int channel)
        where L : unmanaged, ILanes<L>
    {
        (long first, long end) = work.Range(part);
        int channels = work.Data.Channels;
        L mean = L.Load(work.Mean + channel), sum = L.Zero, product = L.Zero;
        for (long at = (first * channels) + channel, last = end * channels; at < last; at += channels)
        {
            L gradient = Given<L>(work, at, channel, out L x);
            sum += gradient;
            product = L.MultiplyAdd(gradient, x - mean, product);
        }
        L.Store(sum, work.Sums + (part * channels) + channel);
        L.Store(product, work.Squares + (part * channels) + channel);
    }

    /// <summary>The gradient that is left after max(0, y), written down where what was added needs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Given<L>(in NormalizationWork work, long at, int channel, out L x)
        where L : unmanaged, ILanes<L>
    {
        x = L.Load(work.Data.Input + at);
        L gradient = L.Load(work.Data.OutputGradient + at);
        if (work.Data.Rectified)
        {
            L y = work.Data.AddedGradient != null ? L.Load(work.Data.Output + at) : L.MultiplyAdd(x, L.Load(work.Scale + channel), L.Load(work.Shift + channel));
            gradient = L.Select(L.Less(L.Zero, y), gradient, L.Zero);
        }
        if (work.Data.AddedGradient != null) L.Store(gradient, work.Data.AddedGradient + at);
        return gradient;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void InputGradient<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref NormalizationWork work = ref *(NormalizationWork*)context;
        (long row, long end) = work.Range(part);
        int channels = work.Data.Channels;
        for (; row < end; row++)
        {
            int channel = 0;
            for (; channel <= channels - L.Count; channel += L.Count) InputGradientOf<L>(work, row * channels, channel);
            for (; channel < channels; channel++) InputGradientOf<Lanes1>(work, row * channels, channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputGradientOf<L>(in NormalizationWork work, long start, int channel)
        where L : unmanaged, ILanes<L>
    {
        long at = start + channel;
        L x = L.Load(work.Data.Input + at), scale = L.Load(work.Scale + channel), gradient;
        if (work.Data.AddedGradient != null)
        {
            gradient = L.Load(work.Data.AddedGradient + at);
        }
        else
        {
            gradient = L.Load(work.Data.OutputGradient + at);
            if (work.Data.Rectified) gradient = L.Select(L.Less(L.Zero, L.MultiplyAdd(x, scale, L.Load(work.Shift + channel))), gradient, L.Zero);
        }
        L rest = L.MultiplyAdd(x - L.Load(work.Mean + channel), L.Load(work.Slope + channel), L.Load(work.Level + channel));
        L.Store(L.MultiplyAdd(gradient, scale, rest), work.Data.InputGradient + at);
    }
}
