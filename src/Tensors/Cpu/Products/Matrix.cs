namespace MLPipelines.Tensors.Cpu;

/// <summary>Where a factor of a product lies: item (i, j) is at <c>i RowStride + j ColumnStride</c>. A transposed matrix is one with its strides exchanged.</summary>
internal readonly unsafe struct Matrix
{
    internal Matrix(float* data, nint rowStride, nint columnStride = 1)
        : this(data, rowStride, columnStride, isBFloat16: false)
    {
    }

    internal Matrix(void* data, nint rowStride, nint columnStride, bool isBFloat16)
    {
        Data = data;
        (RowStride, ColumnStride, IsBFloat16) = (rowStride, columnStride, isBFloat16);
    }

    /// <summary>Numbers of bfloat16, which are widened when they are packed; all sums are of single precision.</summary>
    internal static Matrix OfBFloat16(ushort* data, nint rowStride, nint columnStride = 1) => new(data, rowStride, columnStride, isBFloat16: true);

    internal readonly void* Data { get; }

    internal nint RowStride { get; }

    internal nint ColumnStride { get; }

    internal bool IsBFloat16 { get; }

    internal Matrix Transposed => new(Data, ColumnStride, RowStride, IsBFloat16);

    /// <summary>The part that begins at an item.</summary>
    internal Matrix From(nint row, nint column)
    {
        nint items = row * RowStride + column * ColumnStride;
        return new(IsBFloat16 ? (ushort*)Data + items : (float*)Data + items, RowStride, ColumnStride, IsBFloat16);
    }

    /// <summary>The first number, where they are of single precision.</summary>
    internal float* Floats => (float*)Data;

    internal float this[nint row, nint column] =>
        IsBFloat16 ? BitConverter.Int32BitsToSingle(((ushort*)Data)[row * RowStride + column * ColumnStride] << 16) : ((float*)Data)[row * RowStride + column * ColumnStride];
}
