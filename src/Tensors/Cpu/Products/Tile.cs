using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// The innermost part of every product: C(m, n) = from(m, n) + Σₖ A(m, k) B(k, n) for a few rows and one or two vectors of columns, all of C in registers.
/// </summary>
/// <remarks>
/// <c>from</c> is C itself to add to it, a bias with a row stride of 0, or zeros. B has its columns side by side, packed or not. A is read as it lies: rows with any distance
/// between them, also overlapping ones, or columns (<see cref="IOrder"/>). All columns of the tile are read and written; <see cref="Tiles"/> chooses among tiles and takes care of edges.
/// </remarks>
internal static unsafe class Tile
{
    /// <summary>The most rows of any tile; with 32 registers, 28 hold sums.</summary>
    internal const int MostRows = 14;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TLanes, TRows, TVectors, TOrder>(float* a, nint aStride, float* b, nint bStride, nint depth, float* from, nint fromStride, float* to, nint toStride)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ISize
        where TVectors : struct, ISize
        where TOrder : struct, IOrder
    {
        int w = TLanes.Count;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        TLanes d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default, d6 = default, d7 = default, d8 = default, d9 = default, d10 = default, d11 = default, d12 = default, d13 = default;
        c0 = TLanes.Load(from);
        if (TRows.Value > 1) c1 = TLanes.Load(from + 1 * fromStride);
        if (TRows.Value > 2) c2 = TLanes.Load(from + 2 * fromStride);
        if (TRows.Value > 3) c3 = TLanes.Load(from + 3 * fromStride);
        if (TRows.Value > 4) c4 = TLanes.Load(from + 4 * fromStride);
        if (TRows.Value > 5) c5 = TLanes.Load(from + 5 * fromStride);
        if (TRows.Value > 6) c6 = TLanes.Load(from + 6 * fromStride);
        if (TRows.Value > 7) c7 = TLanes.Load(from + 7 * fromStride);
        if (TRows.Value > 8) c8 = TLanes.Load(from + 8 * fromStride);
        if (TRows.Value > 9) c9 = TLanes.Load(from + 9 * fromStride);
        if (TRows.Value > 10) c10 = TLanes.Load(from + 10 * fromStride);
        if (TRows.Value > 11) c11 = TLanes.Load(from + 11 * fromStride);
        if (TRows.Value > 12) c12 = TLanes.Load(from + 12 * fromStride);
        if (TRows.Value > 13) c13 = TLanes.Load(from + 13 * fromStride);
        if (TVectors.Value > 1)
        {
            from += w;
            d0 = TLanes.Load(from);
            if (TRows.Value > 1) d1 = TLanes.Load(from + 1 * fromStride);
            if (TRows.Value > 2) d2 = TLanes.Load(from + 2 * fromStride);
            if (TRows.Value > 3) d3 = TLanes.Load(from + 3 * fromStride);
            if (TRows.Value > 4) d4 = TLanes.Load(from + 4 * fromStride);
            if (TRows.Value > 5) d5 = TLanes.Load(from + 5 * fromStride);
            if (TRows.Value > 6) d6 = TLanes.Load(from + 6 * fromStride);
            if (TRows.Value > 7) d7 = TLanes.Load(from + 7 * fromStride);
            if (TRows.Value > 8) d8 = TLanes.Load(from + 8 * fromStride);
            if (TRows.Value > 9) d9 = TLanes.Load(from + 9 * fromStride);
            if (TRows.Value > 10) d10 = TLanes.Load(from + 10 * fromStride);
            if (TRows.Value > 11) d11 = TLanes.Load(from + 11 * fromStride);
            if (TRows.Value > 12) d12 = TLanes.Load(from + 12 * fromStride);
            if (TRows.Value > 13) d13 = TLanes.Load(from + 13 * fromStride);
        }
        // Addresses have a factor of 1 or 2 for the stride, so that four pointers reach all rows.
        float* a3 = a + 3 * aStride, a6 = a + 6 * aStride, a9 = a + 9 * aStride, a12 = a + 12 * aStride;
        for (; depth > 0; depth--)
        {
            TLanes p = TLanes.Load(b), q = TVectors.Value > 1 ? TLanes.Load(b + w) : default, x;
            b += bStride;
            x = TLanes.Broadcast(a[0]);
            c0 = TLanes.MultiplyAdd(x, p, c0);
            if (TVectors.Value > 1) d0 = TLanes.MultiplyAdd(x, q, d0);
            if (TRows.Value > 1)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a[aStride] : a[1]);
                c1 = TLanes.MultiplyAdd(x, p, c1);
                if (TVectors.Value > 1) d1 = TLanes.MultiplyAdd(x, q, d1);
            }
            if (TRows.Value > 2)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a[2 * aStride] : a[2]);
                c2 = TLanes.MultiplyAdd(x, p, c2);
                if (TVectors.Value > 1) d2 = TLanes.MultiplyAdd(x, q, d2);
            }
            if (TRows.Value > 3)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a3[0] : a[3]);
                c3 = TLanes.MultiplyAdd(x, p, c3);
                if (TVectors.Value > 1) d3 = TLanes.MultiplyAdd(x, q, d3);
            }
            if (TRows.Value > 4)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a3[aStride] : a[4]);
                c4 = TLanes.MultiplyAdd(x, p, c4);
                if (TVectors.Value > 1) d4 = TLanes.MultiplyAdd(x, q, d4);
            }
            if (TRows.Value > 5)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a3[2 * aStride] : a[5]);
                c5 = TLanes.MultiplyAdd(x, p, c5);
                if (TVectors.Value > 1) d5 = TLanes.MultiplyAdd(x, q, d5);
            }
            if (TRows.Value > 6)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a6[0] : a[6]);
                c6 = TLanes.MultiplyAdd(x, p, c6);
                if (TVectors.Value > 1) d6 = TLanes.MultiplyAdd(x, q, d6);
            }
            if (TRows.Value > 7)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a6[aStride] : a[7]);
                c7 = TLanes.MultiplyAdd(x, p, c7);
                if (TVectors.Value > 1) d7 = TLanes.MultiplyAdd(x, q, d7);
            }
            if (TRows.Value > 8)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a6[2 * aStride] : a[8]);
                c8 = TLanes.MultiplyAdd(x, p, c8);
                if (TVectors.Value > 1) d8 = TLanes.MultiplyAdd(x, q, d8);
            }
            if (TRows.Value > 9)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a9[0] : a[9]);
                c9 = TLanes.MultiplyAdd(x, p, c9);
                if (TVectors.Value > 1) d9 = TLanes.MultiplyAdd(x, q, d9);
            }
            if (TRows.Value > 10)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a9[aStride] : a[10]);
                c10 = TLanes.MultiplyAdd(x, p, c10);
                if (TVectors.Value > 1) d10 = TLanes.MultiplyAdd(x, q, d10);
            }
            if (TRows.Value > 11)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a9[2 * aStride] : a[11]);
                c11 = TLanes.MultiplyAdd(x, p, c11);
                if (TVectors.Value > 1) d11 = TLanes.MultiplyAdd(x, q, d11);
            }
            if (TRows.Value > 12)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a12[0] : a[12]);
                c12 = TLanes.MultiplyAdd(x, p, c12);
                if (TVectors.Value > 1) d12 = TLanes.MultiplyAdd(x, q, d12);
            }
            if (TRows.Value > 13)
            {
                x = TLanes.Broadcast(TOrder.IsByRow ? a12[aStride] : a[13]);
                c13 = TLanes.MultiplyAdd(x, p, c13);
                if (TVectors.Value > 1) d13 = TLanes.MultiplyAdd(x, q, d13);
            }
            if (TOrder.IsByRow)
            {
                a++;
                if (TRows.Value > 3) a3++;
                if (TRows.Value > 6) a6++;
                if (TRows.Value > 9) a9++;
                if (TRows.Value > 12) a12++;
            }
            else a += aStride;
        }
        TLanes.Store(c0, to);
        if (TRows.Value > 1) TLanes.Store(c1, to + 1 * toStride);
        if (TRows.Value > 2) TLanes.Store(c2, to + 2 * toStride);
        if (TRows.Value > 3) TLanes.Store(c3, to + 3 * toStride);
        if (TRows.Value > 4) TLanes.Store(c4, to + 4 * toStride);
        if (TRows.Value > 5) TLanes.Store(c5, to + 5 * toStride);
        if (TRows.Value > 6) TLanes.Store(c6, to + 6 * toStride);
        if (TRows.Value > 7) TLanes.Store(c7, to + 7 * toStride);
        if (TRows.Value > 8) TLanes.Store(c8, to + 8 * toStride);
        if (TRows.Value > 9) TLanes.Store(c9, to + 9 * toStride);
        if (TRows.Value > 10) TLanes.Store(c10, to + 10 * toStride);
        if (TRows.Value > 11) TLanes.Store(c11, to + 11 * toStride);
        if (TRows.Value > 12) TLanes.Store(c12, to + 12 * toStride);
        if (TRows.Value > 13) TLanes.Store(c13, to + 13 * toStride);
        if (TVectors.Value <= 1) return;
        to += w;
        TLanes.Store(d0, to);
        if (TRows.Value > 1) TLanes.Store(d1, to + 1 * toStride);
        if (TRows.Value > 2) TLanes.Store(d2, to + 2 * toStride);
        if (TRows.Value > 3) TLanes.Store(d3, to + 3 * toStride);
        if (TRows.Value > 4) TLanes.Store(d4, to + 4 * toStride);
        if (TRows.Value > 5) TLanes.Store(d5, to + 5 * toStride);
        if (TRows.Value > 6) TLanes.Store(d6, to + 6 * toStride);
        if (TRows.Value > 7) TLanes.Store(d7, to + 7 * toStride);
        if (TRows.Value > 8) TLanes.Store(d8, to + 8 * toStride);
        if (TRows.Value > 9) TLanes.Store(d9, to + 9 * toStride);
        if (TRows.Value > 10) TLanes.Store(d10, to + 10 * toStride);
        if (TRows.Value > 11) TLanes.Store(d11, to + 11 * toStride);
        if (TRows.Value > 12) TLanes.Store(d12, to + 12 * toStride);
        if (TRows.Value > 13) TLanes.Store(d13, to + 13 * toStride);
    }
}
