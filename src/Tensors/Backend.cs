using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

/// <summary>
/// What a device can do: one method per primitive, over pointers into its memory and sizes. Elements lie in order without gaps unless a method
/// takes a <see cref="Strided"/> way; outputs never overlap inputs unless a method says so.
/// </summary>
internal abstract unsafe class Backend
{
    protected Backend() => Pool = new StoragePool(this);

    internal StoragePool Pool { get; }

    internal abstract void* Allocate(long bytes);

    internal abstract void Free(void* block);

    internal abstract void Upload(ReadOnlySpan<byte> from, void* to);

    internal abstract void Download(void* from, Span<byte> to);

    /// <summary>Sets every element.</summary>
    internal abstract void Fill(float* y, int count, float value);

    /// <summary>Writes the elements of a view, of 2, 4 or 8 bytes each, in order.</summary>
    internal abstract void Copy(void* x, void* y, int elementSize, in Strided way);

    /// <summary>y = f(x).</summary>
    internal abstract void Map(UnaryFunction function, float* x, float* y, int count);

    /// <summary>y = f(a, b), the inputs repeated to one shape.</summary>
    internal abstract void Map(BinaryFunction function, float* a, float* b, float* y, in StridedPair way);

    /// <summary>y = activation(x); y may be x.</summary>
    internal abstract void Activate(Activation activation, float* x, float* y, int count);

    /// <summary>dx = dy · activation'(x). The input is x for GELU and SiLU, whose derivative is not a function of the output, and y for the others.</summary>
    internal abstract void ActivateGradient(Activation activation, float* input, float* dy, float* dx, int count);

    /// <summary>Reduces the middle axis of (outer, count, inner).</summary>
    internal abstract void Reduce(Reduction reduction, float* x, float* y, int outer, int count, int inner);

    /// <summary>The matrix product of each pair of a batch.</summary>
    internal abstract void Multiply(in MatrixProduct product, float* a, float* b, float* bias, float* c);
}
