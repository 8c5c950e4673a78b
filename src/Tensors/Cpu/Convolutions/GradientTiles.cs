using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// Some rows of a panel of weight gradients: the sums over pixels of a source number, one for each row, times the gradients of a block of channels. All
/// sums stay in registers from the first pixel to the last and are then added to what is there.
/// </summary>
internal static unsafe class GradientTiles
{
    /// <summary>Rows of the largest tile.</summary>
    internal const int Most = 14;

    /// <summary>For 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fourteen<L>(float** sources, int pixels, nint* offsets, float* gradient, float* sums)
        where L : unmanaged, ILanes<L>
    {
        L x0 = L.Zero, x1 = L.Zero, x2 = L.Zero, x3 = L.Zero, x4 = L.Zero, x5 = L.Zero, x6 = L.Zero, x7 = L.Zero, x8 = L.Zero, x9 = L.Zero, x10 = L.Zero, x11 = L.Zero, x12 = L.Zero, x13 = L.Zero;
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero, y6 = L.Zero, y7 = L.Zero, y8 = L.Zero, y9 = L.Zero, y10 = L.Zero, y11 = L.Zero, y12 = L.Zero, y13 = L.Zero;
        for (float** end = sources + pixels; sources < end; sources++)
        {
            L p = L.Load(gradient), q = L.Load(gradient + L.Count), v;
            gradient += 2 * L.Count;
            byte* at = (byte*)*sources;
            v = L.Broadcast(*(float*)(at + offsets[0]));
            x0 = L.MultiplyAdd(v, p, x0);
            y0 = L.MultiplyAdd(v, q, y0);
            v = L.Broadcast(*(float*)(at + offsets[1]));
            x1 = L.MultiplyAdd(v, p, x1);
            y1 = L.MultiplyAdd(v, q, y1);
            v = L.Broadcast(*(float*)(at + offsets[2]));
            x2 = L.MultiplyAdd(v, p, x2);
            y2 = L.MultiplyAdd(v, q, y2);
            v = L.Broadcast(*(float*)(at + offsets[3]));
            x3 = L.MultiplyAdd(v, p, x3);
            y3 = L.MultiplyAdd(v, q, y3);
            v = L.Broadcast(*(float*)(at + offsets[4]));
            x4 = L.MultiplyAdd(v, p, x4);
            y4 = L.MultiplyAdd(v, q, y4);
            v = L.Broadcast(*(float*)(at + offsets[5]));
            x5 = L.MultiplyAdd(v, p, x5);
            y5 = L.MultiplyAdd(v, q, y5);
            v = L.Broadcast(*(float*)(at + offsets[6]));
            x6 = L.MultiplyAdd(v, p, x6);
            y6 = L.MultiplyAdd(v, q, y6);
            v = L.Broadcast(*(float*)(at + offsets[7]));
            x7 = L.MultiplyAdd(v, p, x7);
            y7 = L.MultiplyAdd(v, q, y7);
            v = L.Broadcast(*(float*)(at + offsets[8]));
            x8 = L.MultiplyAdd(v, p, x8);
            y8 = L.MultiplyAdd(v, q, y8);
            v = L.Broadcast(*(float*)(at + offsets[9]));
            x9 = L.MultiplyAdd(v, p, x9);
            y9 = L.MultiplyAdd(v, q, y9);
            v = L.Broadcast(*(float*)(at + offsets[10]));
            x10 = L.MultiplyAdd(v, p, x10);
            y10 = L.MultiplyAdd(v, q, y10);
            v = L.Broadcast(*(float*)(at + offsets[11]));
            x11 = L.MultiplyAdd(v, p, x11);
            y11 = L.MultiplyAdd(v, q, y11);
            v = L.Broadcast(*(float*)(at + offsets[12]));
            x12 = L.MultiplyAdd(v, p, x12);
            y12 = L.MultiplyAdd(v, q, y12);
            v = L.Broadcast(*(float*)(at + offsets[13]));
            x13 = L.MultiplyAdd(v, p, x13);
            y13 = L.MultiplyAdd(v, q, y13);
        }
        L.Store(L.Load(sums) + x0, sums);
        L.Store(L.Load(sums + (1 * L.Count)) + y0, sums + (1 * L.Count));
        L.Store(L.Load(sums + (2 * L.Count)) + x1, sums + (2 * L.Count));
        L.Store(L.Load(sums + (3 * L.Count)) + y1, sums + (3 * L.Count));
        L.Store(L.Load(sums + (4 * L.Count)) + x2, sums + (4 * L.Count));
        L.Store(L.Load(sums + (5 * L.Count)) + y2, sums + (5 * L.Count));
        L.Store(L.Load(sums + (6 * L.Count)) + x3, sums + (6 * L.Count));
        L.Store(L.Load(sums + (7 * L.Count)) + y3, sums + (7 * L.Count));
        L.Store(L.Load(sums + (8 * L.Count)) + x4, sums + (8 * L.Count));
        L.Store(L.Load(sums + (9 * L.Count)) + y4, sums + (9 * L.Count));
        L.Store(L.Load(sums + (10 * L.Count)) + x5, sums + (10 * L.Count));
        L.Store(L.Load(sums + (11 * L.Count)) + y5, sums + (11 * L.Count));
        L.Store(L.Load(sums + (12 * L.Count)) + x6, sums + (12 * L.Count));
        L.Store(L.Load(sums + (13 * L.Count)) + y6, sums + (13 * L.Count));
        L.Store(L.Load(sums + (14 * L.Count)) + x7, sums + (14 * L.Count));
        L.Store(L.Load(sums + (15 * L.Count)) + y7, sums + (15 * L.Count));
        L.Store(L.Load(sums + (16 * L.Count)) + x8, sums + (16 * L.Count));
        L.Store(L.Load(sums + (17 * L.Count)) + y8, sums + (17 * L.Count));
        L.Store(L.Load(sums + (18 * L.Count)) + x9, sums + (18 * L.Count));
        L.Store(L.Load(sums + (19 * L.Count)) + y9, sums + (19 * L.Count));
        L.Store(L.Load(sums + (20 * L.Count)) + x10, sums + (20 * L.Count));
        L.Store(L.Load(sums + (21 * L.Count)) + y10, sums + (21 * L.Count));
        L.Store(L.Load(sums + (22 * L.Count)) + x11, sums + (22 * L.Count));
        L.Store(L.Load(sums + (23 * L.Count)) + y11, sums + (23 * L.Count));
        L.Store(L.Load(sums + (24 * L.Count)) + x12, sums + (24 * L.Count));
        L.Store(L.Load(sums + (25 * L.Count)) + y12, sums + (25 * L.Count));
        L.Store(L.Load(sums + (26 * L.Count)) + x13, sums + (26 * L.Count));
        L.Store(L.Load(sums + (27 * L.Count)) + y13, sums + (27 * L.Count));
    }

    /// <summary>For 16 registers, and for what remains of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Six<L>(float** sources, int pixels, nint* offsets, float* gradient, float* sums)
        where L : unmanaged, ILanes<L>
    {
        L x0 = L.Zero, x1 = L.Zero, x2 = L.Zero, x3 = L.Zero, x4 = L.Zero, x5 = L.Zero;
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero;
        for (float** end = sources + pixels; sources < end; sources++)
        {
            L p = L.Load(gradient), q = L.Load(gradient + L.Count), v;
            gradient += 2 * L.Count;
            byte* at = (byte*)*sources;
            v = L.Broadcast(*(float*)(at + offsets[0]));
            x0 = L.MultiplyAdd(v, p, x0);
            y0 = L.MultiplyAdd(v, q, y0);
            v = L.Broadcast(*(float*)(at + offsets[1]));
            x1 = L.MultiplyAdd(v, p, x1);
            y1 = L.MultiplyAdd(v, q, y1);
            v = L.Broadcast(*(float*)(at + offsets[2]));
            x2 = L.MultiplyAdd(v, p, x2);
            y2 = L.MultiplyAdd(v, q, y2);
            v = L.Broadcast(*(float*)(at + offsets[3]));
            x3 = L.MultiplyAdd(v, p, x3);
            y3 = L.MultiplyAdd(v, q, y3);
            v = L.Broadcast(*(float*)(at + offsets[4]));
            x4 = L.MultiplyAdd(v, p, x4);
            y4 = L.MultiplyAdd(v, q, y4);
            v = L.Broadcast(*(float*)(at + offsets[5]));
            x5 = L.MultiplyAdd(v, p, x5);
            y5 = L.MultiplyAdd(v, q, y5);
        }
        L.Store(L.Load(sums) + x0, sums);
        L.Store(L.Load(sums + (1 * L.Count)) + y0, sums + (1 * L.Count));
        L.Store(L.Load(sums + (2 * L.Count)) + x1, sums + (2 * L.Count));
        L.Store(L.Load(sums + (3 * L.Count)) + y1, sums + (3 * L.Count));
        L.Store(L.Load(sums + (4 * L.Count)) + x2, sums + (4 * L.Count));
        L.Store(L.Load(sums + (5 * L.Count)) + y2, sums + (5 * L.Count));
        L.Store(L.Load(sums + (6 * L.Count)) + x3, sums + (6 * L.Count));
        L.Store(L.Load(sums + (7 * L.Count)) + y3, sums + (7 * L.Count));
        L.Store(L.Load(sums + (8 * L.Count)) + x4, sums + (8 * L.Count));
        L.Store(L.Load(sums + (9 * L.Count)) + y4, sums + (9 * L.Count));
        L.Store(L.Load(sums + (10 * L.Count)) + x5, sums + (10 * L.Count));
        L.Store(L.Load(sums + (11 * L.Count)) + y5, sums + (11 * L.Count));
    }
}
