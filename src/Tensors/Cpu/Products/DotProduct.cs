using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// A few rows, or many rows and a few columns, where the columns of B lie one after the other, such as one input times the weights of a layer: every item is a product of two vectors as they
/// lie, and nothing is copied.
/// </summary>
internal static unsafe class DotProduct
{
    private const int MostRows = 6, MostColumns = 12, ColumnsAtATime = 4;

    // Fewer numbers of B than this are not worth a thread.
    private const double LeastWork = 32_768;

    private struct Work
    {
        internal MatrixProduct Product;
        internal int Height, Width;
        internal int PartsAcross;
    }

    internal static bool Suits(MatrixProduct* product) =>
        (product->Rows <= MostRows || (product->Columns <= MostColumns && product->Depth >= 128)) && product->B.RowStride == 1 && product->A.ColumnStride == 1 && product->Depth >= 8 && !product->A.IsBFloat16 && !product->B.IsBFloat16
        && !(product->B.ColumnStride == 1 && product->Columns > 1);

    internal static void Run<T>(MatrixProduct* product)
        where T : unmanaged, ILanes<T>
    {
        int groups = (product->Columns + ColumnsAtATime - 1) / ColumnsAtATime, pairs = (product->Rows + 1) / 2;
        bool goesDown = product->Rows > MostRows;
        int parts = (int)Math.Clamp((goesDown ? product->Rows : 1) * (double)product->Columns * product->Depth / LeastWork, 1, Math.Min(goesDown ? pairs : groups, 64));
        Work work = new() { Product = *product, Height = goesDown ? (pairs + parts - 1) / parts * 2 : product->Rows, Width = goesDown ? product->Columns : (groups + parts - 1) / parts * ColumnsAtATime };
        work.PartsAcross = (product->Columns + work.Width - 1) / work.Width;
        Crew.Run((product->Rows + work.Height - 1) / work.Height * work.PartsAcross, &Part<T>, &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        MatrixProduct* product = &work->Product;
        int first = part % work->PartsAcross * work->Width, end = Math.Min(first + work->Width, product->Columns), top = part / work->PartsAcross * work->Height, below = Math.Min(top + work->Height, product->Rows);
        // Some vectors of B for one row after the other, so that all but the first find them in the cache.
        for (int column = first; column < end; column += ColumnsAtATime)
        {
            int columns = Math.Min(ColumnsAtATime, end - column), row = top;
            float* b = product->B.From(0, column).Floats;
            for (; row + 2 <= below; row += 2) Two<T>(product, row, b, column, columns);
            if (row < below) One<T>(product, row, b, column, columns);
        }
        float* bias = product->Bias == null ? null : product->Bias + first;
        Epilogue.Apply<T>(product->C + top * product->Stride + first, below - top, product->Stride, end - first, bias, product->Activation);
    }

    // Columns that there are not are taken for the first one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(MatrixProduct* product, int row, float* b, int column, int columns)
        where T : unmanaged, ILanes<T>
    {
        nint stride = product->B.ColumnStride;
        float* a = product->A.From(row, 0).Floats, p = b, q = columns > 1 ? b + stride : b, r = columns > 2 ? b + 2 * stride : b, s = columns > 3 ? b + 3 * stride : b;
        T c0 = T.Zero, c1 = T.Zero, c2 = T.Zero, c3 = T.Zero;
        int k = 0, depth = product->Depth;
        for (; k + T.Count <= depth; k += T.Count)
        {
            T x = T.Load(a + k);
            c0 = T.MultiplyAdd(x, T.Load(p + k), c0);
            c1 = T.MultiplyAdd(x, T.Load(q + k), c1);
            c2 = T.MultiplyAdd(x, T.Load(r + k), c2);
            c3 = T.MultiplyAdd(x, T.Load(s + k), c3);
        }
        if (k < depth)
        {
            int rest = depth - k;
            T x = T.Load(a + k, rest);
            c0 = T.MultiplyAdd(x, T.Load(p + k, rest), c0);
            c1 = T.MultiplyAdd(x, T.Load(q + k, rest), c1);
            c2 = T.MultiplyAdd(x, T.Load(r + k, rest), c2);
            c3 = T.MultiplyAdd(x, T.Load(s + k, rest), c3);
        }
        Store(product, row, column, columns, T.Sum(c0), T.Sum(c1), T.Sum(c2), T.Sum(c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<T>(MatrixProduct* product, int row, float* b, int column, int columns)
        where T : unmanaged, ILanes<T>
    {
        nint stride = product->B.ColumnStride;
        float* a = product->A.From(row, 0).Floats, a1 = a + product->A.RowStride;
        float* p = b, q = columns > 1 ? b + stride : b, r = columns > 2 ? b + 2 * stride : b, s = columns > 3 ? b + 3 * stride : b;
        T c0 = T.Zero, c1 = T.Zero, c2 = T.Zero, c3 = T.Zero, d0 = T.Zero, d1 = T.Zero, d2 = T.Zero, d3 = T.Zero;
        int k = 0, depth = product->Depth;
        for (; k + T.Count <= depth; k += T.Count)
        {
            T x = T.Load(a + k), y = T.Load(a1 + k), v = T.Load(p + k);
            c0 = T.MultiplyAdd(x, v, c0);
            d0 = T.MultiplyAdd(y, v, d0);
            v = T.Load(q + k);
            c1 = T.MultiplyAdd(x, v, c1);
            d1 = T.MultiplyAdd(y, v, d1);
            v = T.Load(r + k);
            c2 = T.MultiplyAdd(x, v, c2);
            d2 = T.MultiplyAdd(y, v, d2);
            v = T.Load(s + k);
            c3 = T.MultiplyAdd(x, v, c3);
            d3 = T.MultiplyAdd(y, v, d3);
        }
        if (k < depth)
        {
            int rest = depth - k;
            T x = T.Load(a + k, rest), y = T.Load(a1 + k, rest), v = T.Load(p + k, rest);
            c0 = T.MultiplyAdd(x, v, c0);
            d0 = T.MultiplyAdd(y, v, d0);
            v = T.Load(q + k, rest);
            c1 = T.MultiplyAdd(x, v, c1);
            d1 = T.MultiplyAdd(y, v, d1);
            v = T.Load(r + k, rest);
            c2 = T.MultiplyAdd(x, v, c2);
            d2 = T.MultiplyAdd(y, v, d2);
            v = T.Load(s + k, rest);
            c3 = T.MultiplyAdd(x, v, c3);
            d3 = T.MultiplyAdd(y, v, d3);
        }
        Store(product, row, column, columns, T.Sum(c0), T.Sum(c1), T.Sum(c2), T.Sum(c3));
        Store(product, row + 1, column, columns, T.Sum(d0), T.Sum(d1), T.Sum(d2), T.Sum(d3));
    }

    private static void Store(MatrixProduct* product, int row, int column, int columns, float c0, float c1, float c2, float c3)
    {
        float* to = product->C + row * product->Stride + column;
        float before0 = 0, before1 = 0, before2 = 0, before3 = 0;
        if (product->Adds) before0 = to[0];
        if (product->Adds && columns > 1) before1 = to[1];
        if (product->Adds && columns > 2) before2 = to[2];
        if (product->Adds && columns > 3) before3 = to[3];
        to[0] = before0 + c0;
        if (columns > 1) to[1] = before1 + c1;
        if (columns > 2) to[2] = before2 + c2;
        if (columns > 3) to[3] = before3 + c3;
    }
}
