using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Recommendation;

/// <summary>The products of one vector with all rows of a matrix, four rows at a time.</summary>
internal static class FactorProducts
{
    /// <param name="vector">The vector (rank).</param>
    /// <param name="matrix">The rows (count, rank).</param>
    /// <param name="products">Receives a product per row (count).</param>
    internal static void Multiply(ReadOnlySpan<float> vector, ReadOnlySpan<float> matrix, Span<float> products)
    {
        int rank = vector.Length, row = 0;
        ref float v = ref MemoryMarshal.GetReference(vector), m = ref MemoryMarshal.GetReference(matrix);
        if (Vector512.IsHardwareAccelerated && rank % Vector512<float>.Count == 0)
        {
            nuint width = (nuint)rank;
            for (; row + 4 <= products.Length; row += 4)
            {
                ref float first = ref Unsafe.Add(ref m, (nint)row * rank);
                Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
                for (nuint i = 0; i < width; i += 16)
                {
                    Vector512<float> factor = Vector512.LoadUnsafe(ref v, i);
                    s0 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, i), s0);
                    s1 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, width + i), s1);
                    s2 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, (2 * width) + i), s2);
                    s3 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref first, (3 * width) + i), s3);
                }
                products[row] = Vector512.Sum(s0);
                products[row + 1] = Vector512.Sum(s1);
                products[row + 2] = Vector512.Sum(s2);
                products[row + 3] = Vector512.Sum(s3);
            }
        }
        for (; row < products.Length; row++) products[row] = TensorPrimitives.Dot(vector, matrix.Slice(row * rank, rank));
    }
}
