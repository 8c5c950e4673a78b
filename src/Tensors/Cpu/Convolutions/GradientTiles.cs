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

    /// <summary>Source numbers lie so many bytes after a pixel's window as <paramref name="offsets"/> says, one for each row; the gradients of a pixel follow those of the one before.</summary>
    /// <typeparam name="L">The numbers of a register.</typeparam>
    /// <typeparam name="TRows">Six or fourteen.</typeparam>
    /// <typeparam name="TVectors">Registers in a row of the panel: one or two.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<L, TRows, TVectors>(float** sources, int pixels, nint* offsets, float* gradient, float* sums)
        where L : unmanaged, ILanes<L>
        where TRows : struct, ISize
        where TVectors : struct, ISize
    {
        L x0 = L.Zero, x1 = L.Zero, x2 = L.Zero, x3 = L.Zero, x4 = L.Zero, x5 = L.Zero, x6 = L.Zero, x7 = L.Zero, x8 = L.Zero, x9 = L.Zero, x10 = L.Zero, x11 = L.Zero, x12 = L.Zero, x13 = L.Zero;
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero, y6 = L.Zero, y7 = L.Zero, y8 = L.Zero, y9 = L.Zero, y10 = L.Zero, y11 = L.Zero, y12 = L.Zero, y13 = L.Zero;
        for (float** end = sources + pixels; sources < end; sources++)
        {
            L p = L.Load(gradient), q = TVectors.Value > 1 ? L.Load(gradient + L.Count) : default, v;
            gradient += TVectors.Value * L.Count;
            byte* at = (byte*)*sources;
            v = L.Broadcast(*(float*)(at + offsets[0]));
            x0 = L.MultiplyAdd(v, p, x0);
            if (TVectors.Value > 1) y0 = L.MultiplyAdd(v, q, y0);
            v = L.Broadcast(*(float*)(at + offsets[1]));
            x1 = L.MultiplyAdd(v, p, x1);
            if (TVectors.Value > 1) y1 = L.MultiplyAdd(v, q, y1);
            v = L.Broadcast(*(float*)(at + offsets[2]));
            x2 = L.MultiplyAdd(v, p, x2);
            if (TVectors.Value > 1) y2 = L.MultiplyAdd(v, q, y2);
            v = L.Broadcast(*(float*)(at + offsets[3]));
            x3 = L.MultiplyAdd(v, p, x3);
            if (TVectors.Value > 1) y3 = L.MultiplyAdd(v, q, y3);
            v = L.Broadcast(*(float*)(at + offsets[4]));
            x4 = L.MultiplyAdd(v, p, x4);
            if (TVectors.Value > 1) y4 = L.MultiplyAdd(v, q, y4);
            v = L.Broadcast(*(float*)(at + offsets[5]));
            x5 = L.MultiplyAdd(v, p, x5);
            if (TVectors.Value > 1) y5 = L.MultiplyAdd(v, q, y5);
            if (TRows.Value > 6)
            {
                v = L.Broadcast(*(float*)(at + offsets[6]));
                x6 = L.MultiplyAdd(v, p, x6);
                if (TVectors.Value > 1) y6 = L.MultiplyAdd(v, q, y6);
                v = L.Broadcast(*(float*)(at + offsets[7]));
                x7 = L.MultiplyAdd(v, p, x7);
                if (TVectors.Value > 1) y7 = L.MultiplyAdd(v, q, y7);
                v = L.Broadcast(*(float*)(at + offsets[8]));
                x8 = L.MultiplyAdd(v, p, x8);
                if (TVectors.Value > 1) y8 = L.MultiplyAdd(v, q, y8);
                v = L.Broadcast(*(float*)(at + offsets[9]));
                x9 = L.MultiplyAdd(v, p, x9);
                if (TVectors.Value > 1) y9 = L.MultiplyAdd(v, q, y9);
                v = L.Broadcast(*(float*)(at + offsets[10]));
                x10 = L.MultiplyAdd(v, p, x10);
                if (TVectors.Value > 1) y10 = L.MultiplyAdd(v, q, y10);
                v = L.Broadcast(*(float*)(at + offsets[11]));
                x11 = L.MultiplyAdd(v, p, x11);
                if (TVectors.Value > 1) y11 = L.MultiplyAdd(v, q, y11);
                v = L.Broadcast(*(float*)(at + offsets[12]));
                x12 = L.MultiplyAdd(v, p, x12);
                if (TVectors.Value > 1) y12 = L.MultiplyAdd(v, q, y12);
                v = L.Broadcast(*(float*)(at + offsets[13]));
                x13 = L.MultiplyAdd(v, p, x13);
                if (TVectors.Value > 1) y13 = L.MultiplyAdd(v, q, y13);
            }
        }
        int width = TVectors.Value * L.Count;
        Add<L, TVectors>(x0, y0, sums);
        Add<L, TVectors>(x1, y1, sums + (1 * width));
        Add<L, TVectors>(x2, y2, sums + (2 * width));
        Add<L, TVectors>(x3, y3, sums + (3 * width));
        Add<L, TVectors>(x4, y4, sums + (4 * width));
        Add<L, TVectors>(x5, y5, sums + (5 * width));
        if (TRows.Value > 6)
        {
            Add<L, TVectors>(x6, y6, sums + (6 * width));
            Add<L, TVectors>(x7, y7, sums + (7 * width));
            Add<L, TVectors>(x8, y8, sums + (8 * width));
            Add<L, TVectors>(x9, y9, sums + (9 * width));
            Add<L, TVectors>(x10, y10, sums + (10 * width));
            Add<L, TVectors>(x11, y11, sums + (11 * width));
            Add<L, TVectors>(x12, y12, sums + (12 * width));
            Add<L, TVectors>(x13, y13, sums + (13 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<L, TVectors>(L x, L y, float* sums)
        where L : unmanaged, ILanes<L>
        where TVectors : struct, ISize
    {
        L.Store(L.Load(sums) + x, sums);
        if (TVectors.Value > 1) L.Store(L.Load(sums + L.Count) + y, sums + L.Count);
    }
}
