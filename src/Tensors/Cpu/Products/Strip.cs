using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>A block of rows of A times one panel of B, tile by tile from top to bottom.</summary>
internal unsafe struct Strip
{
    /// <summary>Its rows or its columns lie side by side.</summary>
    internal Matrix A;

    internal float* B;
    internal nint BStride;
    internal int Columns;

    /// <summary>What to add to; a stride of 0 for a row that all have in common.</summary>
    internal float* From;
    internal nint FromStride;
    internal float* To;

    /// <summary>Added in the end, or null.</summary>
    internal float* Bias;
    internal Activation Activation;

    private readonly int _rows;
    private readonly int _depth;
    private readonly nint _stride;

    /// <param name="a">Begins at the block.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="depth">Columns of the block.</param>
    /// <param name="stride">Between rows of the results.</param>
    internal Strip(Matrix a, int rows, int depth, nint stride) => (A, _rows, _depth, _stride) = (a, rows, depth, stride);

    /// <summary>Copies A to where there is room for its rows with 16 numbers more each, which keeps them from crowding a few places of the cache.</summary>
    internal void PackA<T>(float* packed)
        where T : unmanaged, ILanes<T>
    {
        Packing.Rows<T>(A, _rows, _depth, packed, _depth + 16, _depth);
        A = new Matrix(packed, _depth + 16);
    }

    internal readonly void Run<T, TOrder>()
        where T : unmanaged, ILanes<T>
        where TOrder : struct, IOrder
    {
        for (int m = 0, height; m < _rows; m += height)
        {
            height = Tiles.Height<T>(_rows - m);
            float* to = To + m * _stride;
            if (_depth >= 64) Prefetch(to + height * _stride, Math.Min(height, _rows - m - height));
            Tiles.One<T, TOrder>(A.From(m, 0).Floats, TOrder.IsByRow ? A.RowStride : A.ColumnStride, height, B, BStride, Columns, _depth, From + m * FromStride, FromStride, to, _stride);
            if (Bias != null || Activation != Activation.None) Epilogue.Apply<T>(to, height, _stride, Columns, Bias, Activation);
        }
    }

    // Where the sums of the next tile go comes from afar meanwhile.
    private readonly void Prefetch(float* to, int rows)
    {
        if (!Sse.IsSupported) return;
        for (; rows > 0; rows--, to += _stride)
        {
            Sse.Prefetch1(to);
            Sse.Prefetch1(to + Columns - 1);
        }
    }
}
