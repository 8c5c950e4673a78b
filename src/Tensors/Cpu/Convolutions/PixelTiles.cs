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
internal static unsafe class PixelTiles
{
    /// <summary>Pixels of the largest tile.</summary>
    internal const int Most = 14;

    /// <summary>For 32 registers: 28 sums, two rows of the panel and the number that both are multiplied by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fourteen<L>(float** sources, float** targets, in PixelProducts products)
        where L : unmanaged, ILanes<L>
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
                L p = L.Load(panel), q = L.Load(panel + L.Count), v;
                panel += 2 * L.Count;
                v = L.Broadcast(*(float*)((byte*)sources[0] + at));
                x0 = L.MultiplyAdd(v, p, x0);
                y0 = L.MultiplyAdd(v, q, y0);
                v = L.Broadcast(*(float*)((byte*)sources[1] + at));
                x1 = L.MultiplyAdd(v, p, x1);
                y1 = L.MultiplyAdd(v, q, y1);
                v = L.Broadcast(*(float*)((byte*)sources[2] + at));
                x2 = L.MultiplyAdd(v, p, x2);
                y2 = L.MultiplyAdd(v, q, y2);
                v = L.Broadcast(*(float*)((byte*)sources[3] + at));
                x3 = L.MultiplyAdd(v, p, x3);
                y3 = L.MultiplyAdd(v, q, y3);
                v = L.Broadcast(*(float*)((byte*)sources[4] + at));
                x4 = L.MultiplyAdd(v, p, x4);
                y4 = L.MultiplyAdd(v, q, y4);
                v = L.Broadcast(*(float*)((byte*)sources[5] + at));
                x5 = L.MultiplyAdd(v, p, x5);
                y5 = L.MultiplyAdd(v, q, y5);
                v = L.Broadcast(*(float*)((byte*)sources[6] + at));
                x6 = L.MultiplyAdd(v, p, x6);
                y6 = L.MultiplyAdd(v, q, y6);
                v = L.Broadcast(*(float*)((byte*)sources[7] + at));
                x7 = L.MultiplyAdd(v, p, x7);
                y7 = L.MultiplyAdd(v, q, y7);
                v = L.Broadcast(*(float*)((byte*)sources[8] + at));
                x8 = L.MultiplyAdd(v, p, x8);
                y8 = L.MultiplyAdd(v, q, y8);
                v = L.Broadcast(*(float*)((byte*)sources[9] + at));
                x9 = L.MultiplyAdd(v, p, x9);
                y9 = L.MultiplyAdd(v, q, y9);
                v = L.Broadcast(*(float*)((byte*)sources[10] + at));
                x10 = L.MultiplyAdd(v, p, x10);
                y10 = L.MultiplyAdd(v, q, y10);
                v = L.Broadcast(*(float*)((byte*)sources[11] + at));
                x11 = L.MultiplyAdd(v, p, x11);
                y11 = L.MultiplyAdd(v, q, y11);
                v = L.Broadcast(*(float*)((byte*)sources[12] + at));
                x12 = L.MultiplyAdd(v, p, x12);
                y12 = L.MultiplyAdd(v, q, y12);
                v = L.Broadcast(*(float*)((byte*)sources[13] + at));
                x13 = L.MultiplyAdd(v, p, x13);
                y13 = L.MultiplyAdd(v, q, y13);
            }
        }
        L b = L.Load(products.Bias), c = L.Load(products.Bias + L.Count);
        if (products.Rectified)
        {
            x0 = L.Max(L.Zero, x0 + b);
            y0 = L.Max(L.Zero, y0 + c);
            x1 = L.Max(L.Zero, x1 + b);
            y1 = L.Max(L.Zero, y1 + c);
            x2 = L.Max(L.Zero, x2 + b);
            y2 = L.Max(L.Zero, y2 + c);
            x3 = L.Max(L.Zero, x3 + b);
            y3 = L.Max(L.Zero, y3 + c);
            x4 = L.Max(L.Zero, x4 + b);
            y4 = L.Max(L.Zero, y4 + c);
            x5 = L.Max(L.Zero, x5 + b);
            y5 = L.Max(L.Zero, y5 + c);
            x6 = L.Max(L.Zero, x6 + b);
            y6 = L.Max(L.Zero, y6 + c);
            x7 = L.Max(L.Zero, x7 + b);
            y7 = L.Max(L.Zero, y7 + c);
            x8 = L.Max(L.Zero, x8 + b);
            y8 = L.Max(L.Zero, y8 + c);
            x9 = L.Max(L.Zero, x9 + b);
            y9 = L.Max(L.Zero, y9 + c);
            x10 = L.Max(L.Zero, x10 + b);
            y10 = L.Max(L.Zero, y10 + c);
            x11 = L.Max(L.Zero, x11 + b);
            y11 = L.Max(L.Zero, y11 + c);
            x12 = L.Max(L.Zero, x12 + b);
            y12 = L.Max(L.Zero, y12 + c);
            x13 = L.Max(L.Zero, x13 + b);
            y13 = L.Max(L.Zero, y13 + c);
        }
        else
        {
            x0 += b;
            y0 += c;
            x1 += b;
            y1 += c;
            x2 += b;
            y2 += c;
            x3 += b;
            y3 += c;
            x4 += b;
            y4 += c;
            x5 += b;
            y5 += c;
            x6 += b;
            y6 += c;
            x7 += b;
            y7 += c;
            x8 += b;
            y8 += c;
            x9 += b;
            y9 += c;
            x10 += b;
            y10 += c;
            x11 += b;
            y11 += c;
            x12 += b;
            y12 += c;
            x13 += b;
            y13 += c;
        }
        nint shift = products.TargetShift;
        int columns = products.Columns, rest = columns - L.Count;
        if (rest == L.Count)
        {
            L.Store(x0, targets[0] + shift);
            L.Store(y0, targets[0] + shift + L.Count);
            L.Store(x1, targets[1] + shift);
            L.Store(y1, targets[1] + shift + L.Count);
            L.Store(x2, targets[2] + shift);
            L.Store(y2, targets[2] + shift + L.Count);
            L.Store(x3, targets[3] + shift);
            L.Store(y3, targets[3] + shift + L.Count);
            L.Store(x4, targets[4] + shift);
            L.Store(y4, targets[4] + shift + L.Count);
            L.Store(x5, targets[5] + shift);
            L.Store(y5, targets[5] + shift + L.Count);
            L.Store(x6, targets[6] + shift);
            L.Store(y6, targets[6] + shift + L.Count);
            L.Store(x7, targets[7] + shift);
            L.Store(y7, targets[7] + shift + L.Count);
            L.Store(x8, targets[8] + shift);
            L.Store(y8, targets[8] + shift + L.Count);
            L.Store(x9, targets[9] + shift);
            L.Store(y9, targets[9] + shift + L.Count);
            L.Store(x10, targets[10] + shift);
            L.Store(y10, targets[10] + shift + L.Count);
            L.Store(x11, targets[11] + shift);
            L.Store(y11, targets[11] + shift + L.Count);
            L.Store(x12, targets[12] + shift);
            L.Store(y12, targets[12] + shift + L.Count);
            L.Store(x13, targets[13] + shift);
            L.Store(y13, targets[13] + shift + L.Count);
        }
        else if (rest > 0)
        {
            L.Store(x0, targets[0] + shift);
            L.Store(y0, targets[0] + shift + L.Count, rest);
            L.Store(x1, targets[1] + shift);
            L.Store(y1, targets[1] + shift + L.Count, rest);
            L.Store(x2, targets[2] + shift);
            L.Store(y2, targets[2] + shift + L.Count, rest);
            L.Store(x3, targets[3] + shift);
            L.Store(y3, targets[3] + shift + L.Count, rest);
            L.Store(x4, targets[4] + shift);
            L.Store(y4, targets[4] + shift + L.Count, rest);
            L.Store(x5, targets[5] + shift);
            L.Store(y5, targets[5] + shift + L.Count, rest);
            L.Store(x6, targets[6] + shift);
            L.Store(y6, targets[6] + shift + L.Count, rest);
            L.Store(x7, targets[7] + shift);
            L.Store(y7, targets[7] + shift + L.Count, rest);
            L.Store(x8, targets[8] + shift);
            L.Store(y8, targets[8] + shift + L.Count, rest);
            L.Store(x9, targets[9] + shift);
            L.Store(y9, targets[9] + shift + L.Count, rest);
            L.Store(x10, targets[10] + shift);
            L.Store(y10, targets[10] + shift + L.Count, rest);
            L.Store(x11, targets[11] + shift);
            L.Store(y11, targets[11] + shift + L.Count, rest);
            L.Store(x12, targets[12] + shift);
            L.Store(y12, targets[12] + shift + L.Count, rest);
            L.Store(x13, targets[13] + shift);
            L.Store(y13, targets[13] + shift + L.Count, rest);
        }
        else
        {
            L.Store(x0, targets[0] + shift, columns);
            L.Store(x1, targets[1] + shift, columns);
            L.Store(x2, targets[2] + shift, columns);
            L.Store(x3, targets[3] + shift, columns);
            L.Store(x4, targets[4] + shift, columns);
            L.Store(x5, targets[5] + shift, columns);
            L.Store(x6, targets[6] + shift, columns);
            L.Store(x7, targets[7] + shift, columns);
            L.Store(x8, targets[8] + shift, columns);
            L.Store(x9, targets[9] + shift, columns);
            L.Store(x10, targets[10] + shift, columns);
            L.Store(x11, targets[11] + shift, columns);
            L.Store(x12, targets[12] + shift, columns);
            L.Store(x13, targets[13] + shift, columns);
        }
    }

    /// <summary>For 16 registers, and for what remains of the pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Six<L>(float** sources, float** targets, in PixelProducts products)
        where L : unmanaged, ILanes<L>
    {
        L x0 = L.Zero, x1 = L.Zero, x2 = L.Zero, x3 = L.Zero, x4 = L.Zero, x5 = L.Zero;
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero;
        float* panel = products.Panel;
        nint* segment = products.Segments, last = segment + (2 * products.SegmentCount);
        for (; segment < last; segment += 2)
        {
            nint at = segment[0] + products.SourceShift, end = at + segment[1];
            for (; at < end; at += sizeof(float))
            {
                L p = L.Load(panel), q = L.Load(panel + L.Count), v;
                panel += 2 * L.Count;
                v = L.Broadcast(*(float*)((byte*)sources[0] + at));
                x0 = L.MultiplyAdd(v, p, x0);
                y0 = L.MultiplyAdd(v, q, y0);
                v = L.Broadcast(*(float*)((byte*)sources[1] + at));
                x1 = L.MultiplyAdd(v, p, x1);
                y1 = L.MultiplyAdd(v, q, y1);
                v = L.Broadcast(*(float*)((byte*)sources[2] + at));
                x2 = L.MultiplyAdd(v, p, x2);
                y2 = L.MultiplyAdd(v, q, y2);
                v = L.Broadcast(*(float*)((byte*)sources[3] + at));
                x3 = L.MultiplyAdd(v, p, x3);
                y3 = L.MultiplyAdd(v, q, y3);
                v = L.Broadcast(*(float*)((byte*)sources[4] + at));
                x4 = L.MultiplyAdd(v, p, x4);
                y4 = L.MultiplyAdd(v, q, y4);
                v = L.Broadcast(*(float*)((byte*)sources[5] + at));
                x5 = L.MultiplyAdd(v, p, x5);
                y5 = L.MultiplyAdd(v, q, y5);
            }
        }
        L b = L.Load(products.Bias), c = L.Load(products.Bias + L.Count);
        if (products.Rectified)
        {
            x0 = L.Max(L.Zero, x0 + b);
            y0 = L.Max(L.Zero, y0 + c);
            x1 = L.Max(L.Zero, x1 + b);
            y1 = L.Max(L.Zero, y1 + c);
            x2 = L.Max(L.Zero, x2 + b);
            y2 = L.Max(L.Zero, y2 + c);
            x3 = L.Max(L.Zero, x3 + b);
            y3 = L.Max(L.Zero, y3 + c);
            x4 = L.Max(L.Zero, x4 + b);
            y4 = L.Max(L.Zero, y4 + c);
            x5 = L.Max(L.Zero, x5 + b);
            y5 = L.Max(L.Zero, y5 + c);
        }
        else
        {
            x0 += b;
            y0 += c;
            x1 += b;
            y1 += c;
            x2 += b;
            y2 += c;
            x3 += b;
            y3 += c;
            x4 += b;
            y4 += c;
            x5 += b;
            y5 += c;
        }
        nint shift = products.TargetShift;
        int columns = products.Columns, rest = columns - L.Count;
        if (rest == L.Count)
        {
            L.Store(x0, targets[0] + shift);
            L.Store(y0, targets[0] + shift + L.Count);
            L.Store(x1, targets[1] + shift);
            L.Store(y1, targets[1] + shift + L.Count);
            L.Store(x2, targets[2] + shift);
            L.Store(y2, targets[2] + shift + L.Count);
            L.Store(x3, targets[3] + shift);
            L.Store(y3, targets[3] + shift + L.Count);
            L.Store(x4, targets[4] + shift);
            L.Store(y4, targets[4] + shift + L.Count);
            L.Store(x5, targets[5] + shift);
            L.Store(y5, targets[5] + shift + L.Count);
        }
        else if (rest > 0)
        {
            L.Store(x0, targets[0] + shift);
            L.Store(y0, targets[0] + shift + L.Count, rest);
            L.Store(x1, targets[1] + shift);
            L.Store(y1, targets[1] + shift + L.Count, rest);
            L.Store(x2, targets[2] + shift);
            L.Store(y2, targets[2] + shift + L.Count, rest);
            L.Store(x3, targets[3] + shift);
            L.Store(y3, targets[3] + shift + L.Count, rest);
            L.Store(x4, targets[4] + shift);
            L.Store(y4, targets[4] + shift + L.Count, rest);
            L.Store(x5, targets[5] + shift);
            L.Store(y5, targets[5] + shift + L.Count, rest);
        }
        else
        {
            L.Store(x0, targets[0] + shift, columns);
            L.Store(x1, targets[1] + shift, columns);
            L.Store(x2, targets[2] + shift, columns);
            L.Store(x3, targets[3] + shift, columns);
            L.Store(x4, targets[4] + shift, columns);
            L.Store(x5, targets[5] + shift, columns);
        }
    }
}
