using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>A strip of C as wide as a tile and of any height, by the tiles that suit it.</summary>
internal static unsafe class Tiles
{
    /// <summary>The most rows of one tile: as many as the registers hold.</summary>
    internal static int Rows<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.Count == 16 ? Tile.MostRows : 6;

    /// <summary>The most columns of one tile, which is how wide B's packed panels are.</summary>
    internal static int Columns<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes> => 2 * TLanes.Count;

    /// <summary>to(m, n) = from(m, n) + Σₖ A(m, k) B(k, n) for all rows and at most <see cref="Columns"/> columns.</summary>
    /// <param name="a">A's first number.</param>
    /// <param name="aStride">Between rows of A or, by <typeparamref name="TOrder"/>, between its columns; rows may overlap.</param>
    /// <param name="rows">The height, at least 0.</param>
    /// <param name="b">A panel of B. Where the columns do not fill whole vectors, the rest of the last one is read and counts for nothing.</param>
    /// <param name="bStride">Between rows of B.</param>
    /// <param name="columns">The width, from 1.</param>
    /// <param name="depth">How many products each sum has.</param>
    /// <param name="from">What to add to: the numbers of <paramref name="to"/>, a bias, or zeros.</param>
    /// <param name="fromStride">Between rows of what to add to; 0 for a bias.</param>
    /// <param name="to">Where the sums go. Nothing beyond the columns is touched.</param>
    /// <param name="toStride">Between rows of the sums.</param>
    internal static void Run<TLanes, TOrder>(float* a, nint aStride, int rows, float* b, nint bStride, int columns, nint depth, float* from, nint fromStride, float* to, nint toStride)
        where TLanes : unmanaged, ILanes<TLanes>
        where TOrder : struct, IOrder
    {
        while (rows > 0)
        {
            int height = Height<TLanes>(rows);
            One<TLanes, TOrder>(a, aStride, height, b, bStride, columns, depth, from, fromStride, to, toStride);
            rows -= height;
            a += TOrder.IsByRow ? height * aStride : height;
            from += height * fromStride;
            to += height * toStride;
        }
    }

    /// <summary>How many of so many rows the next tile takes: tiles of about the same height, since one of 13 rows costs little more per row than one of 14, one of 1 row much.</summary>
    internal static int Height<TLanes>(int rows)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int most = Rows<TLanes>();
        if (rows <= most) return rows;
        int tiles = (rows + most - 1) / most;
        return (rows + tiles - 1) / tiles;
    }

    /// <summary>The same for at most <see cref="Rows"/> rows.</summary>
    internal static void One<TLanes, TOrder>(float* a, nint aStride, int rows, float* b, nint bStride, int columns, nint depth, float* from, nint fromStride, float* to, nint toStride)
        where TLanes : unmanaged, ILanes<TLanes>
        where TOrder : struct, IOrder
    {
        if (columns == 2 * TLanes.Count) OfHeight<TLanes, Two, TOrder>(rows)(a, aStride, b, bStride, depth, from, fromStride, to, toStride);
        else if (columns == TLanes.Count) OfHeight<TLanes, One, TOrder>(rows)(a, aStride, b, bStride, depth, from, fromStride, to, toStride);
        else Edge<TLanes, TOrder>(a, aStride, rows, b, bStride, columns, depth, from, fromStride, to, toStride);
    }

    // Where columns end within a vector, a tile on the stack takes the place of C.
    [SkipLocalsInit]
    private static void Edge<TLanes, TOrder>(float* a, nint aStride, int rows, float* b, nint bStride, int columns, nint depth, float* from, nint fromStride, float* to, nint toStride)
        where TLanes : unmanaged, ILanes<TLanes>
        where TOrder : struct, IOrder
    {
        float* tile = stackalloc float[Tile.MostRows * 32];
        int width = columns > TLanes.Count ? 2 * TLanes.Count : TLanes.Count;
        for (int m = 0; m < rows; m++) Copy<TLanes>(from + m * fromStride, tile + m * width, columns);
        One<TLanes, TOrder>(a, aStride, rows, b, bStride, width, depth, tile, width, tile, width);
        for (int m = 0; m < rows; m++) Copy<TLanes>(tile + m * width, to + m * toStride, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TLanes>(float* from, float* to, int count)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int i = 0; i < count; i += TLanes.Count) TLanes.Store(TLanes.Load(from + i, count - i), to + i, count - i);
    }

    private static delegate*<float*, nint, float*, nint, nint, float*, nint, float*, nint, void> OfHeight<TLanes, TVectors, TOrder>(int rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TVectors : struct, ISize
        where TOrder : struct, IOrder => rows switch
        {
            1 => &Tile.Run<TLanes, One, TVectors, TOrder>,
            2 => &Tile.Run<TLanes, Two, TVectors, TOrder>,
            3 => &Tile.Run<TLanes, Three, TVectors, TOrder>,
            4 => &Tile.Run<TLanes, Four, TVectors, TOrder>,
            5 => &Tile.Run<TLanes, Five, TVectors, TOrder>,
            6 => &Tile.Run<TLanes, Six, TVectors, TOrder>,
            7 => &Tile.Run<TLanes, Seven, TVectors, TOrder>,
            8 => &Tile.Run<TLanes, Eight, TVectors, TOrder>,
            9 => &Tile.Run<TLanes, Nine, TVectors, TOrder>,
            10 => &Tile.Run<TLanes, Ten, TVectors, TOrder>,
            11 => &Tile.Run<TLanes, Eleven, TVectors, TOrder>,
            12 => &Tile.Run<TLanes, Twelve, TVectors, TOrder>,
            13 => &Tile.Run<TLanes, Thirteen, TVectors, TOrder>,
            _ => &Tile.Run<TLanes, Fourteen, TVectors, TOrder>,
        };
}
