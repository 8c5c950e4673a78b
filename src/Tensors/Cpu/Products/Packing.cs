using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Copies a block of a matrix to where tiles read it best.</summary>
internal static unsafe class Packing
{
    /// <summary>Rows side by side with <paramref name="stride"/> between them: the order of a panel of B, and of a block of A.</summary>
    /// <param name="matrix">Begins at the block.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="to">Receives the numbers.</param>
    /// <param name="stride">Between rows of the copy.</param>
    /// <param name="width">Columns of the copy; those beyond the block's are zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rows<TLanes>(Matrix matrix, int rows, int columns, float* to, nint stride, int width)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        if (matrix.ColumnStride == 1)
        {
            for (int i = 0; i < rows; i++) Row<TLanes>(matrix.From(i, 0), columns, to + i * stride, width);
            return;
        }
        if (matrix.RowStride == 1) Turned<TLanes>(matrix, rows, columns, to, stride);
        else
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++) to[i * stride + j] = matrix[i, j];
            }
        }
        for (int i = 0; i < rows; i++) new Span<float>(to + i * stride + columns, width - columns).Clear();
    }

    // Block by block as many rows and columns as a vector has numbers.
    [SkipLocalsInit]
    private static void Turned<TLanes>(Matrix matrix, int rows, int columns, float* to, nint stride)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int w = TLanes.Count;
        float* before = stackalloc float[16 * 16], after = stackalloc float[16 * 16];
        // Along the rows of the source, whose next ones are pages away.
        for (int j = 0; j < columns; j += w)
        {
            for (int i = 0; i < rows; i += w)
            {
                Matrix block = matrix.From(i, j);
                int high = Math.Min(w, rows - i), wide = Math.Min(w, columns - j);
                if (high == w && wide == w && !block.IsBFloat16)
                {
                    TLanes.Transpose(block.Floats, block.ColumnStride, to + i * stride + j, stride);
                    continue;
                }
                for (int k = 0; k < wide; k++) Row<TLanes>(block.Transposed.From(k, 0), high, before + k * w, w);
                TLanes.Transpose(before, w, after, w);
                for (int k = 0; k < high; k++) TLanes.Store(TLanes.Load(after + k * w), to + (i + k) * stride + j, wide);
            }
        }
    }

    /// <summary>
    /// Panels of B one after the other, each as by <see cref="Rows"/> and without room between rows. Some whole rows are read at a time: what lies below a number is pages away, and a
    /// column of them does not stay in the first-level cache.
    /// </summary>
    /// <param name="matrix">Begins at the block; its columns lie side by side.</param>
    /// <param name="first">The first row to be copied.</param>
    /// <param name="end">The row after the last one to be copied.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="to">Receives all panels.</param>
    /// <param name="width">Columns of a panel; where the last one has fewer, zeros follow.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Panels<TLanes>(Matrix matrix, int first, int end, int rows, int columns, float* to, int width)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (; first < end; first += 8)
        {
            int some = Math.Min(8, end - first);
            for (int j = 0; j < columns; j += width)
            {
                int copied = Math.Min(width, columns - j);
                Matrix from = matrix.From(first, j);
                float* panel = to + (long)j * rows + (long)first * width;
                for (int i = 0; i < some; i++) Row<TLanes>(from.From(i, 0), copied, panel + i * width, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes>(Matrix row, int columns, float* to, int width)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int j = 0;
        if (row.IsBFloat16)
        {
            ushort* from = (ushort*)row.Data;
            for (; j + TLanes.Count <= columns; j += TLanes.Count) TLanes.Store(TLanes.Widen(from + j), to + j);
            for (; j < columns; j++) to[j] = BitConverter.Int32BitsToSingle(from[j] << 16);
        }
        else
        {
            float* from = row.Floats;
            for (; j + TLanes.Count <= columns; j += TLanes.Count) TLanes.Store(TLanes.Load(from + j), to + j);
            if (j < columns) TLanes.Store(TLanes.Load(from + j, columns - j), to + j, columns - j);
            j = columns;
        }
        for (; j < width; j++) to[j] = 0;
    }

    private static void Items(Matrix matrix, int rows, int columns, float* to, nint stride, int width)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) to[i * stride + j] = matrix[i, j];
            for (int j = columns; j < width; j++) to[i * stride + j] = 0;
        }
    }
}
