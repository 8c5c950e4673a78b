using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>The transforms before and after the products, of as many channels at once as a register holds. Each is a small matrix from both sides, a row or column at a time.</summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Bᵀ d B of sixteen source pixels; the results lie <paramref name="stride"/> numbers apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Source<L>(float** window, int channels, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        int channel = 0;
        for (; channel <= channels - L.Count; channel += L.Count) SourceOf<L>(window, channel, to + channel, stride);
        for (; channel < channels; channel++) SourceOf<Lanes1>(window, channel, to + channel, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SourceOf<L>(float** window, int channel, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        L a0 = L.Load(window[0] + channel), b0 = L.Load(window[4] + channel), c0 = L.Load(window[8] + channel), d0 = L.Load(window[12] + channel);
        L a1 = L.Load(window[1] + channel), b1 = L.Load(window[5] + channel), c1 = L.Load(window[9] + channel), d1 = L.Load(window[13] + channel);
        L a2 = L.Load(window[2] + channel), b2 = L.Load(window[6] + channel), c2 = L.Load(window[10] + channel), d2 = L.Load(window[14] + channel);
        L a3 = L.Load(window[3] + channel), b3 = L.Load(window[7] + channel), c3 = L.Load(window[11] + channel), d3 = L.Load(window[15] + channel);
        SourceRow(a0 - c0, a1 - c1, a2 - c2, a3 - c3, to, stride);
        SourceRow(b0 + c0, b1 + c1, b2 + c2, b3 + c3, to + (4 * stride), stride);
        SourceRow(c0 - b0, c1 - b1, c2 - b2, c3 - b3, to + (8 * stride), stride);
        SourceRow(b0 - d0, b1 - d1, b2 - d2, b3 - d3, to + (12 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SourceRow<L>(L a, L b, L c, L d, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        L.Store(a - c, to);
        L.Store(b + c, to + stride);
        L.Store(c - b, to + (2 * stride));
        L.Store(b - d, to + (3 * stride));
    }

    /// <summary>Aᵀ m A of sixteen sums: four target pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Target<L>(float* from, nint stride, out L topLeft, out L topRight, out L bottomLeft, out L bottomRight)
        where L : unmanaged, ILanes<L>
    {
        TargetRow(from, stride, out L a0, out L a1);
        TargetRow(from + (4 * stride), stride, out L b0, out L b1);
        TargetRow(from + (8 * stride), stride, out L c0, out L c1);
        TargetRow(from + (12 * stride), stride, out L d0, out L d1);
        topLeft = a0 + b0 + c0;
        topRight = a1 + b1 + c1;
        bottomLeft = b0 - c0 - d0;
        bottomRight = b1 - c1 - d1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TargetRow<L>(float* from, nint stride, out L left, out L right)
        where L : unmanaged, ILanes<L>
    {
        L b = L.Load(from + stride), c = L.Load(from + (2 * stride));
        left = L.Load(from) + b + c;
        right = b - c - L.Load(from + (3 * stride));
    }

    /// <summary>A y Aᵀ of the gradients of four target pixels, which is how sums receive them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Gradient<L>(L topLeft, L topRight, L bottomLeft, L bottomRight, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        GradientRow(topLeft, topRight, to, stride);
        GradientRow(topLeft + bottomLeft, topRight + bottomRight, to + (4 * stride), stride);
        GradientRow(topLeft - bottomLeft, topRight - bottomRight, to + (8 * stride), stride);
        GradientRow(L.Zero - bottomLeft, L.Zero - bottomRight, to + (12 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientRow<L>(L left, L right, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        L.Store(left, to);
        L.Store(left + right, to + stride);
        L.Store(left - right, to + (2 * stride));
        L.Store(L.Zero - right, to + (3 * stride));
    }

    /// <summary>G g Gᵀ of nine weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Weights<L>(float* from, nint fromStride, float* to, nint toStride)
        where L : unmanaged, ILanes<L>
    {
        L half = L.Broadcast(0.5f);
        L a0 = L.Load(from + (0 * fromStride)), b0 = L.Load(from + (3 * fromStride)), c0 = L.Load(from + (6 * fromStride));
        L a1 = L.Load(from + (1 * fromStride)), b1 = L.Load(from + (4 * fromStride)), c1 = L.Load(from + (7 * fromStride));
        L a2 = L.Load(from + (2 * fromStride)), b2 = L.Load(from + (5 * fromStride)), c2 = L.Load(from + (8 * fromStride));
        WeightsRow(a0, a1, a2, to, toStride);
        WeightsRow(half * (a0 + b0 + c0), half * (a1 + b1 + c1), half * (a2 + b2 + c2), to + (4 * toStride), toStride);
        WeightsRow(half * (a0 - b0 + c0), half * (a1 - b1 + c1), half * (a2 - b2 + c2), to + (8 * toStride), toStride);
        WeightsRow(c0, c1, c2, to + (12 * toStride), toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightsRow<L>(L a, L b, L c, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        L half = L.Broadcast(0.5f);
        L.Store(a, to);
        L.Store(half * (a + b + c), to + stride);
        L.Store(half * (a - b + c), to + (2 * stride));
        L.Store(c, to + (3 * stride));
    }

    /// <summary>Gᵀ u G: the gradients of nine weights from those of the sixteen they were made into.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WeightGradients<L>(float* from, nint fromStride, float* to, nint toStride)
        where L : unmanaged, ILanes<L>
    {
        L half = L.Broadcast(0.5f);
        WeightGradientsRow(from, fromStride, out L a0, out L a1, out L a2);
        WeightGradientsRow(from + (4 * fromStride), fromStride, out L b0, out L b1, out L b2);
        WeightGradientsRow(from + (8 * fromStride), fromStride, out L c0, out L c1, out L c2);
        WeightGradientsRow(from + (12 * fromStride), fromStride, out L d0, out L d1, out L d2);
        L.Store(a0 + (half * (b0 + c0)), to);
        L.Store(a1 + (half * (b1 + c1)), to + (1 * toStride));
        L.Store(a2 + (half * (b2 + c2)), to + (2 * toStride));
        L.Store(half * (b0 - c0), to + (3 * toStride));
        L.Store(half * (b1 - c1), to + (4 * toStride));
        L.Store(half * (b2 - c2), to + (5 * toStride));
        L.Store(d0 + (half * (b0 + c0)), to + (6 * toStride));
        L.Store(d1 + (half * (b1 + c1)), to + (7 * toStride));
        L.Store(d2 + (half * (b2 + c2)), to + (8 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightGradientsRow<L>(float* from, nint stride, out L first, out L second, out L third)
        where L : unmanaged, ILanes<L>
    {
        L half = L.Broadcast(0.5f), b = L.Load(from + stride), c = L.Load(from + (2 * stride));
        first = L.Load(from) + (half * (b + c));
        second = half * (b - c);
        third = L.Load(from + (3 * stride)) + (half * (b + c));
    }
}
