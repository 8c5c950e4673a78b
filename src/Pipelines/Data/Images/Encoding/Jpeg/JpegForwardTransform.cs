using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>The cosine transform of a block, F = C·B·Cᵀ with C[u, x] = ½·c(u)·cos((2x+1)uπ/16) (ITU-T T.81, A.3.3), and its quantization.</summary>
internal sealed class JpegForwardTransform
{
    // C and Cᵀ, row by row.
    private static readonly float[] Cosines = CosinesBy(row: i => i / 8, column: i => i % 8), Turned = CosinesBy(row: i => i % 8, column: i => i / 8);

    // What each coefficient is multiplied by to be quantized.
    private readonly float[] _scales = new float[64];

    /// <param name="quantizers">64 numbers, row by row.</param>
    internal JpegForwardTransform(ReadOnlySpan<byte> quantizers)
    {
        for (int i = 0; i < 64; i++) _scales[i] = 1f / quantizers[i];
    }

    /// <summary>Makes the quantized coefficients of 64 samples around zero, both row by row.</summary>
    internal void Apply(ReadOnlySpan<float> block, Span<int> coefficients)
    {
        Span<float> half = stackalloc float[64], full = stackalloc float[64];
        Multiply(Cosines, block, half);
        Multiply(half, Turned, full);
        for (int i = 0; i < 64; i += 8)
            Vector256.ConvertToInt32(Vector256.Round(Row(full, i) * Row(_scales, i))).CopyTo(coefficients[i..]);
    }

    /// <summary>The product of two matrices of 8 by 8.</summary>
    private static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product)
    {
        Vector256<float> r0 = Row(right, 0), r1 = Row(right, 8), r2 = Row(right, 16), r3 = Row(right, 24), r4 = Row(right, 32), r5 = Row(right, 40), r6 = Row(right, 48), r7 = Row(right, 56);
        for (int i = 0; i < 64; i += 8)
        {
            ReadOnlySpan<float> row = left.Slice(i, 8);
            (r0 * row[0] + r1 * row[1] + (r2 * row[2] + r3 * row[3]) + (r4 * row[4] + r5 * row[5] + (r6 * row[6] + r7 * row[7]))).CopyTo(product[i..]);
        }
    }

    private static Vector256<float> Row(ReadOnlySpan<float> matrix, int start) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(matrix.Slice(start, 8)));

    private static float[] CosinesBy(Func<int, int> row, Func<int, int> column) =>
        [.. Enumerable.Range(0, 64).Select(i => (float)(0.5 * (row(i) == 0 ? Math.Sqrt(0.5) : 1) * Math.Cos((2 * column(i) + 1) * row(i) * Math.PI / 16)))];
}
