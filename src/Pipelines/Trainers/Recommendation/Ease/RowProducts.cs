using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MLPipelines.Recommendation;

/// <summary>Products of the rows of square matrices of floats: C[i, j] −= Σ A[i, k] B[j, k].</summary>
internal static class RowProducts
{
    /// <param name="target">C (count, count).</param>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="count">How many rows and columns each has.</param>
    /// <param name="rows">The rows of C and A.</param>
    /// <param name="columns">The columns of C, which are rows of B.</param>
    /// <param name="terms">The columns of A and B.</param>
    internal static void Subtract(float[] target, float[] left, float[] right, int count, Range rows, Range columns, Range terms)
    {
        int from = terms.Start.Value, length = terms.End.Value - from, rowEnd = rows.End.Value, columnEnd = columns.End.Value;
        if (length == 0) return;
        for (int i = rows.Start.Value; i < rowEnd; i += 4)
        {
            for (int j = columns.Start.Value; j < columnEnd; j += 4)
            {
                if (Vector512.IsHardwareAccelerated && i + 4 <= rowEnd && j + 4 <= columnEnd)
                {
                    SubtractTile(ref target[(i * count) + j], ref left[(i * count) + from], ref right[(j * count) + from], (nuint)count, (nuint)length);
                    continue;
                }
                for (int row = i; row < Math.Min(i + 4, rowEnd); row++)
                {
                    for (int column = j; column < Math.Min(j + 4, columnEnd); column++)
                        target[(row * count) + column] -= TensorPrimitives.Dot<float>(left.AsSpan((row * count) + from, length), right.AsSpan((column * count) + from, length));
                }
            }
        }
    }

    /// <summary>Four rows by four columns, sixteen terms at a time.</summary>
    private static void SubtractTile(ref float c, ref float a, ref float b, nuint stride, nuint length)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c23 = default, c30 = default, c31 = default, c32 = default, c33 = default;
        nuint k = 0;
        for (; k + 16 <= length; k += 16)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b, k), b1 = Vector512.LoadUnsafe(ref b, stride + k);
            Vector512<float> b2 = Vector512.LoadUnsafe(ref b, (2 * stride) + k), b3 = Vector512.LoadUnsafe(ref b, (3 * stride) + k);
            Vector512<float> row = Vector512.LoadUnsafe(ref a, k);
            (c00, c01, c02, c03) = (Vector512.FusedMultiplyAdd(row, b0, c00), Vector512.FusedMultiplyAdd(row, b1, c01), Vector512.FusedMultiplyAdd(row, b2, c02), Vector512.FusedMultiplyAdd(row, b3, c03));
            row = Vector512.LoadUnsafe(ref a, stride + k);
            (c10, c11, c12, c13) = (Vector512.FusedMultiplyAdd(row, b0, c10), Vector512.FusedMultiplyAdd(row, b1, c11), Vector512.FusedMultiplyAdd(row, b2, c12), Vector512.FusedMultiplyAdd(row, b3, c13));
            row = Vector512.LoadUnsafe(ref a, (2 * stride) + k);
            (c20, c21, c22, c23) = (Vector512.FusedMultiplyAdd(row, b0, c20), Vector512.FusedMultiplyAdd(row, b1, c21), Vector512.FusedMultiplyAdd(row, b2, c22), Vector512.FusedMultiplyAdd(row, b3, c23));
            row = Vector512.LoadUnsafe(ref a, (3 * stride) + k);
            (c30, c31, c32, c33) = (Vector512.FusedMultiplyAdd(row, b0, c30), Vector512.FusedMultiplyAdd(row, b1, c31), Vector512.FusedMultiplyAdd(row, b2, c32), Vector512.FusedMultiplyAdd(row, b3, c33));
        }
        Finish(ref c, ref a, ref b, stride, k, length, c00, c01, c02, c03);
        Finish(ref Offset(ref c, stride), ref Offset(ref a, stride), ref b, stride, k, length, c10, c11, c12, c13);
        Finish(ref Offset(ref c, 2 * stride), ref Offset(ref a, 2 * stride), ref b, stride, k, length, c20, c21, c22, c23);
        Finish(ref Offset(ref c, 3 * stride), ref Offset(ref a, 3 * stride), ref b, stride, k, length, c30, c31, c32, c33);
    }

    /// <summary>Sums of one row of the tile, with the terms that fill no vector.</summary>
    private static void Finish(ref float c, ref float a, ref float b, nuint stride, nuint k, nuint length, Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3)
    {
        float t0 = Vector512.Sum(s0), t1 = Vector512.Sum(s1), t2 = Vector512.Sum(s2), t3 = Vector512.Sum(s3);
        for (; k < length; k++)
        {
            float value = Offset(ref a, k);
            t0 += value * Offset(ref b, k);
            t1 += value * Offset(ref b, stride + k);
            t2 += value * Offset(ref b, (2 * stride) + k);
            t3 += value * Offset(ref b, (3 * stride) + k);
        }
        c -= t0;
        Offset(ref c, 1) -= t1;
        Offset(ref c, 2) -= t2;
        Offset(ref c, 3) -= t3;
    }

    private static ref float Offset(ref float first, nuint count) => ref System.Runtime.CompilerServices.Unsafe.Add(ref first, count);
}
