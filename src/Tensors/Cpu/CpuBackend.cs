using System.Runtime.InteropServices;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The primitives on the processor: each forwards to its kernel.</summary>
internal sealed unsafe class CpuBackend : Backend
{
    internal override void* Allocate(long bytes) => NativeMemory.AlignedAlloc((nuint)bytes, 64);

    internal override void Free(void* block) => NativeMemory.AlignedFree(block);

    internal override void Upload(ReadOnlySpan<byte> from, void* to) => from.CopyTo(new Span<byte>(to, from.Length));

    internal override void Download(void* from, Span<byte> to) => new ReadOnlySpan<byte>(from, to.Length).CopyTo(to);

    internal override void Fill(float* y, int count, float value) => new Span<float>(y, count).Fill(value);

    internal override void Copy(void* x, void* y, int elementSize, in Strided way) => StridedCopy.Run(x, y, elementSize, way);

    internal override void Map(UnaryFunction function, float* x, float* y, int count) => UnaryKernels.Run(function, x, y, count);

    internal override void Map(BinaryFunction function, float* a, float* b, float* y, in StridedPair way) => BinaryKernels.Run(function, a, b, y, way);

    internal override void Activate(Activation activation, float* x, float* y, int count) => ActivationKernels.Run(activation, x, y, count);

    internal override void ActivateGradient(Activation activation, float* input, float* dy, float* dx, int count) =>
        ActivationKernels.Gradient(activation, input, dy, dx, count);

    internal override void Reduce(Reduction reduction, float* x, float* y, int outer, int count, int inner) => ReductionKernels.Run(reduction, x, y, outer, count, inner);

    internal override void Multiply(in MatrixProduct product, float* a, float* b, float* bias, float* c) => PlainProduct.Run(product, a, b, bias, c);
}
