using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>What the products of some pixels with one panel of weights share.</summary>
internal unsafe struct PixelProducts
{
    /// <summary>Pairs of where after a pixel's window a run of source numbers starts, and how long it is, in bytes. All taps of a kernel row are one run where nothing lies between them.</summary>
    internal nint* Segments;

    internal int SegmentCount;

    /// <summary>From a pixel's first channel to the group's, in bytes.</summary>
    internal nint SourceShift;

    /// <summary>Twice the lanes in each row, a row for each number of the segments.</summary>
    internal float* Panel;

    /// <summary>As wide as the panel.</summary>
    internal float* Bias;

    /// <summary>From a target pixel's first channel to the panel's, in numbers.</summary>
    internal nint TargetShift;

    /// <summary>Channels of the panel that the target has.</summary>
    internal int Columns;

    /// <summary>Sums below zero become zero.</summary>
    internal bool Rectified;
}

/// <summary>
/// Some pixels times one panel of weights, all sums in registers from the first tap to the last. Pixels lie anywhere: each has its own pointer, read
/// from memory beside the number itself, which costs nothing while the products are waited for.
/// </summary>
/// <remarks>Fourteen pixels for 32 registers: 28 sums, two rows of the panel and the number that both are multiplied by. Six for 16 registers, and for what remains.</remarks>
internal static unsafe class PixelTiles
{
    /// <summary>Pixels of the largest tile.</summary>
    internal const int Most = 14;

    /// <typeparam name="L">The numbers of a register.</typeparam>
    /// <typeparam name="TPixels">Six or fourteen.</typeparam>
    /// <typeparam name="TVectors">Registers in a row of the panel: one or two.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<L, TPixels, TVectors>(float** sources, float** targets, in PixelProducts products)
        where L : unmanaged, ILanes<L>
        where TPixels : struct, ISize
        where TVectors : struct, ISize
    {
        L x0 = L.Zero, x1 = L.Zero, x2 = L.Zero, x3 = L.Zero, x4 = L.Zero, x5 = L.Zero, x6 = L.Zero, x7 = L.Zero, x8 = L.Zero, x9 = L.Zero, x10 = L.Zero, x11 = L.Zero, x12 = L.Zero, x13 = L.Zero;
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero, y6 = L.Zero, y7 = L.Zero, y8 = L.Zero, y9 = L.Zero, y10 = L.Zero, y11 = L.Zero, y12 = L.Zero, y13 = L.Zero;
        float* panel = products.Panel;
        nint* segment = products.Segments, last = segment + (2 * products.SegmentCount);
        for (; segment < last; segment += 2)
        {
            nint at = segment[0] + products.SourceShift, end = at + segment[1];
            for (; at < end; at += sizeof(float))
            {
                L p = L.Load(panel), q = TVectors.Value > 1 ? L.Load(panel + L.Count) : default, v;
                panel += TVectors.Value * L.Count;
                v = L.Broadcast(*(float*)((byte*)sources[0] + at));
                x0 = L.MultiplyAdd(v, p, x0);
                if (TVectors.Value > 1) y0 = L.MultiplyAdd(v, q, y0);
                v = L.Broadcast(*(float*)((byte*)sources[1] + at));
                x1 = L.MultiplyAdd(v, p, x1);
                if (TVectors.Value > 1) y1 = L.MultiplyAdd(v, q, y1);
                v = L.Broadcast(*(float*)((byte*)sources[2] + at));
                x2 = L.MultiplyAdd(v, p, x2);
                if (TVectors.Value > 1) y2 = L.MultiplyAdd(v, q, y2);
                v = L.Broadcast(*(float*)((byte*)sources[3] + at));
                x3 = L.MultiplyAdd(v, p, x3);
                if (TVectors.Value > 1) y3 = L.MultiplyAdd(v, q, y3);
                v = L.Broadcast(*(float*)((byte*)sources[4] + at));
                x4 = L.MultiplyAdd(v, p, x4);
                if (TVectors.Value > 1) y4 = L.MultiplyAdd(v, q, y4);
                v = L.Broadcast(*(float*)((byte*)sources[5] + at));
                x5 = L.MultiplyAdd(v, p, x5);
                if (TVectors.Value > 1) y5 = L.MultiplyAdd(v, q, y5);
                if (TPixels.Value > 6)
                {
                    v = L.Broadcast(*(float*)((byte*)sources[6] + at));
                    x6 = L.MultiplyAdd(v, p, x6);
                    if (TVectors.Value > 1) y6 = L.MultiplyAdd(v, q, y6);
                    v = L.Broadcast(*(float*)((byte*)sources[7] + at));
                    x7 = L.MultiplyAdd(v, p, x7);
                    if (TVectors.Value > 1) y7 = L.MultiplyAdd(v, q, y7);
                    v = L.Broadcast(*(float*)((byte*)sources[8] + at));
                    x8 = L.MultiplyAdd(v, p, x8);
                    if (TVectors.Value > 1) y8 = L.MultiplyAdd(v, q, y8);
                    v = L.Broadcast(*(float*)((byte*)sources[9] + at));
                    x9 = L.MultiplyAdd(v, p, x9);
                    if (TVectors.Value > 1) y9 = L.MultiplyAdd(v, q, y9);
                    v = L.Broadcast(*(float*)((byte*)sources[10] + at));
                    x10 = L.MultiplyAdd(v, p, x10);
                    if (TVectors.Value > 1) y10 = L.MultiplyAdd(v, q, y10);
                    v = L.Broadcast(*(float*)((byte*)sources[11] + at));
                    x11 = L.MultiplyAdd(v, p, x11);
                    if (TVectors.Value > 1) y11 = L.MultiplyAdd(v, q, y11);
                    v = L.Broadcast(*(float*)((byte*)sources[12] + at));
                    x12 = L.MultiplyAdd(v, p, x12);
                    if (TVectors.Value > 1) y12 = L.MultiplyAdd(v, q, y12);
                    v = L.Broadcast(*(float*)((byte*)sources[13] + at));
                    x13 = L.MultiplyAdd(v, p, x13);
                    if (TVectors.Value > 1) y13 = L.MultiplyAdd(v, q, y13);
                }
            }
        }
        Finish<L, TVectors>(x0, y0, products, targets[0]);
        Finish<L, TVectors>(x1, y1, products, targets[1]);
        Finish<L, TVectors>(x2, y2, products, targets[2]);
        Finish<L, TVectors>(x3, y3, products, targets[3]);
        Finish<L, TVectors>(x4, y4, products, targets[4]);
        Finish<L, TVectors>(x5, y5, products, targets[5]);
        if (TPixels.Value > 6)
        {
            Finish<L, TVectors>(x6, y6, products, targets[6]);
            Finish<L, TVectors>(x7, y7, products, targets[7]);
            Finish<L, TVectors>(x8, y8, products, targets[8]);
            Finish<L, TVectors>(x9, y9, products, targets[9]);
            Finish<L, TVectors>(x10, y10, products, targets[10]);
            Finish<L, TVectors>(x11, y11, products, targets[11]);
            Finish<L, TVectors>(x12, y12, products, targets[12]);
            Finish<L, TVectors>(x13, y13, products, targets[13]);
        }
    }

    /// <summary>Adds the bias, cuts off and stores, nothing beyond the panel's last channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<L, TVectors>(L x, L y, in PixelProducts products, float* target)
        where L : unmanaged, ILanes<L>
        where TVectors : struct, ISize
    {
        x += L.Load(products.Bias);
        if (TVectors.Value > 1) y += L.Load(products.Bias + L.Count);
        if (products.Rectified)
        {
            x = L.Max(L.Zero, x);
            y = L.Max(L.Zero, y);
        }
        target += products.TargetShift;
        int columns = products.Columns;
        if (columns == TVectors.Value * L.Count)
        {
            L.Store(x, target);
            if (TVectors.Value > 1) L.Store(y, target + L.Count);
            return;
        }
        L.Store(x, target, columns);
        if (TVectors.Value > 1 && columns > L.Count) L.Store(y, target + L.Count, columns - L.Count);
    }
}
