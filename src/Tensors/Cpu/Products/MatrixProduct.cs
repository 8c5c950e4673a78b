namespace MLPipelines.Tensors.Cpu;

/// <summary>C = activation(A B + bias), or C += A B and so on, for matrices of any strides, transposed ones among them.</summary>
/// <remarks>
/// A few rows of A against a B that lies in the order of its sums are products of vectors (<see cref="DotProduct"/>, <see cref="RowProduct"/>); everything else goes by blocks
/// (<see cref="BlockedProduct"/>). Which way and which blocks follows from the shape and the strides, so that a product has the same bits for any number of threads.
/// </remarks>
internal unsafe struct MatrixProduct
{
    /// <summary>(rows, depth).</summary>
    internal Matrix A;

    /// <summary>(depth, columns).</summary>
    internal Matrix B;

    /// <summary>B's panels, packed before (<see cref="BlockedProduct.PackPanels"/>), in place of B; or null.</summary>
    internal float* Packed;

    /// <summary>(rows, columns), its columns side by side; may not overlap the factors.</summary>
    internal float* C;

    /// <summary>Between rows of C.</summary>
    internal nint Stride;

    internal int Rows;
    internal int Columns;
    internal int Depth;

    /// <summary>Whether the sums are added to what C holds.</summary>
    internal bool Adds;

    /// <summary>One per column, or null; added before the activation.</summary>
    internal float* Bias;

    internal Activation Activation;

    internal MatrixProduct(int rows, int columns, int depth, Matrix a, Matrix b, float* c, nint stride)
    {
        (Rows, Columns, Depth, A, B, Stride) = (rows, columns, depth, a, b, stride);
        C = c;
    }

    /// <summary>Computes C. Allocates nothing.</summary>
    internal readonly void Run()
    {
        switch (KernelWidths.Current)
        {
            case KernelWidth.V512:
                Run<Lanes16>();
                break;
            case KernelWidth.V256:
                Run<Lanes8>();
                break;
            default:
                Run<Lanes1>();
                break;
        }
    }

    /// <summary>Computes C with lanes of a width, for parts of other kernels.</summary>
    internal readonly void Run<T>()
        where T : unmanaged, ILanes<T>
    {
        if (Rows <= 0 || Columns <= 0) return;
        MatrixProduct product = this;
        if (Packed != null)
        {
            BlockedProduct.Run<T>(&product);
            return;
        }
        // A matrix times a vector is the vector times the transposed matrix.
        if (Columns == 1 && Stride == 1 && Bias == null)
        {
            (product.Rows, product.Columns, product.A, product.B) = (1, Rows, B.Transposed, A.Transposed);
            if (DotProduct.Suits(&product))
            {
                DotProduct.Run<T>(&product);
                return;
            }
            product = this;
        }
        if (DotProduct.Suits(&product)) DotProduct.Run<T>(&product);
        else if (RowProduct.Suits(&product)) RowProduct.Run<T>(&product);
        else BlockedProduct.Run<T>(&product);
    }

    /// <summary>How many multiplications there are.</summary>
    internal readonly double Work => (double)Rows * Columns * Depth;
}
