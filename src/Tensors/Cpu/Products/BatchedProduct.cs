namespace MLPipelines.Tensors.Cpu;

/// <summary>Products of the same shape at equal distances; a step of 0 is a factor that all have in common.</summary>
internal unsafe struct BatchedProduct
{
    // Smaller products than this go to threads whole.
    private const double ManyThreads = 4e6, LeastWork = 100_000;

    internal MatrixProduct First;
    internal int Count;

    /// <summary>From the numbers of one factor or result to those of the next.</summary>
    internal nint AStep, BStep, CStep;

    private int _perPart;

    /// <summary>The products that an operation asks for.</summary>
    internal static BatchedProduct Of(in ProductSize size, void* a, void* b, float* bias, float* c)
    {
        Matrix left = new(a, size.RowStrideA, size.ColumnStrideA, size.IsHalfA), right = new(b, size.RowStrideB, size.ColumnStrideB, size.IsHalfB);
        return new BatchedProduct
        {
            First = new MatrixProduct(size.Rows, size.Columns, size.Inner, left, right, c, size.Columns) { Bias = bias, Activation = size.Activation, Adds = size.Adds },
            Count = size.Batch,
            AStep = size.BatchStrideA,
            BStep = size.BatchStrideB,
            CStep = (nint)size.Rows * size.Columns,
        };
    }

    /// <summary>Computes every C. Allocates nothing.</summary>
    internal void Run()
    {
        BatchedProduct batch = this;
        if (Count == 1 || First.Work >= ManyThreads)
        {
            for (int i = 0; i < Count; i++) batch.Of(i).Run();
            return;
        }
        batch._perPart = (int)Math.Clamp(LeastWork / Math.Max(1, First.Work), 1, Math.Max(1, Count));
        Crew.Run((Count + batch._perPart - 1) / batch._perPart, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &batch);
    }

    private readonly MatrixProduct Of(int number)
    {
        MatrixProduct product = First;
        product.A = Moved(First.A, number * AStep);
        product.B = Moved(First.B, number * BStep);
        product.C += number * CStep;
        return product;
    }

    private static Matrix Moved(Matrix matrix, nint items) =>
        matrix.IsBFloat16 ? Matrix.OfBFloat16((ushort*)matrix.Data + items, matrix.RowStride, matrix.ColumnStride) : new Matrix(matrix.Floats + items, matrix.RowStride, matrix.ColumnStride);

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        BatchedProduct* batch = (BatchedProduct*)context;
        int first = part * batch->_perPart, end = Math.Min(first + batch->_perPart, batch->Count);
        for (int i = first; i < end; i++) batch->Of(i).Run<T>();
    }
}
