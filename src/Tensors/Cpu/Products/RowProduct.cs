using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>One to three rows times a B whose rows lie side by side: eight vectors of columns at a time, since a tile of one row waits for its own sums.</summary>
internal static unsafe class RowProduct
{
    private const int MostRows = 3, Vectors = 8;

    // Fewer numbers of B than this are not worth a thread.
    private const double LeastWork = 32_768;

    private struct Work
    {
        internal MatrixProduct Product;
        internal int Width;
    }

    internal static bool Suits(MatrixProduct* product) =>
        product->Rows <= MostRows && product->Columns >= 64 && product->B.ColumnStride == 1 && !product->A.IsBFloat16 && !product->B.IsBFloat16;

    internal static void Run<T>(MatrixProduct* product)
        where T : unmanaged, ILanes<T>
    {
        int width = Vectors * T.Count, blocks = (product->Columns + width - 1) / width;
        int parts = (int)Math.Clamp((double)product->Columns * product->Depth / LeastWork, 1, Math.Min(blocks, 64));
        Work work = new() { Product = *product, Width = (blocks + parts - 1) / parts * width };
        Crew.Run((product->Columns + work.Width - 1) / work.Width, &Part<T>, &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        MatrixProduct* product = &work->Product;
        int first = part * work->Width, end = Math.Min(first + work->Width, product->Columns), width = Vectors * T.Count;
        for (int column = first; column < end; column += width)
        {
            for (int row = 0; row < product->Rows; row++)
            {
                if (column + width <= end) Wide<T>(product, row, column);
                else
                {
                    for (int narrow = column; narrow < end; narrow += T.Count) One<T>(product, row, narrow, Math.Min(T.Count, end - narrow));
                }
            }
        }
        Epilogue.Apply<T>(product->C + first, product->Rows, product->Stride, end - first, product->Bias == null ? null : product->Bias + first, product->Activation);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<T>(MatrixProduct* product, int row, int column)
        where T : unmanaged, ILanes<T>
    {
        int w = T.Count;
        float* a = product->A.From(row, 0).Floats, b = product->B.From(0, column).Floats, to = product->C + row * product->Stride + column;
        nint aStride = product->A.ColumnStride, bStride = product->B.RowStride;
        T c0 = T.Zero, c1 = T.Zero, c2 = T.Zero, c3 = T.Zero, c4 = T.Zero, c5 = T.Zero, c6 = T.Zero, c7 = T.Zero;
        for (int k = product->Depth; k > 0; k--, a += aStride, b += bStride)
        {
            T x = T.Broadcast(*a);
            c0 = T.MultiplyAdd(x, T.Load(b), c0);
            c1 = T.MultiplyAdd(x, T.Load(b + w), c1);
            c2 = T.MultiplyAdd(x, T.Load(b + 2 * w), c2);
            c3 = T.MultiplyAdd(x, T.Load(b + 3 * w), c3);
            c4 = T.MultiplyAdd(x, T.Load(b + 4 * w), c4);
            c5 = T.MultiplyAdd(x, T.Load(b + 5 * w), c5);
            c6 = T.MultiplyAdd(x, T.Load(b + 6 * w), c6);
            c7 = T.MultiplyAdd(x, T.Load(b + 7 * w), c7);
        }
        bool adds = product->Adds;
        Store(c0, to, w, adds);
        Store(c1, to + w, w, adds);
        Store(c2, to + 2 * w, w, adds);
        Store(c3, to + 3 * w, w, adds);
        Store(c4, to + 4 * w, w, adds);
        Store(c5, to + 5 * w, w, adds);
        Store(c6, to + 6 * w, w, adds);
        Store(c7, to + 7 * w, w, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(MatrixProduct* product, int row, int column, int count)
        where T : unmanaged, ILanes<T>
    {
        float* a = product->A.From(row, 0).Floats, b = product->B.From(0, column).Floats;
        T sum = T.Zero;
        for (int k = 0; k < product->Depth; k++, a += product->A.ColumnStride, b += product->B.RowStride) sum = T.MultiplyAdd(T.Broadcast(*a), T.Load(b, count), sum);
        Store(sum, product->C + row * product->Stride + column, count, product->Adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T sum, float* to, int count, bool adds)
        where T : unmanaged, ILanes<T> => T.Store(adds ? T.Load(to, count) + sum : sum, to, count);
}
