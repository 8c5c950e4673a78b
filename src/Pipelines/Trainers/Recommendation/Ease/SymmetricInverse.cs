using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// The inverse of a positive definite matrix of floats, by blocks of rows: A = L Lᵀ, U = L⁻ᵀ, A⁻¹ = U Uᵀ. Each of the three is made of products of rows, which lie
/// along memory. Every number is computed by one thread in one order, so that results do not depend on the number of threads.
/// </summary>
internal static class SymmetricInverse
{
    private const int Block = 64;

    /// <param name="matrix">The lower triangle in a full matrix (count, count); becomes the inverse, both triangles.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static void Invert(float[] matrix, int count, ParallelOptions parallel)
    {
        Factor(matrix, count, parallel);
        float[] upper = InvertTransposed(matrix, count, parallel);
        Square(upper, matrix, count, parallel);
    }

    /// <summary>The Cholesky factor in place of the lower triangle.</summary>
    private static void Factor(float[] matrix, int count, ParallelOptions parallel)
    {
        for (int start = 0; start < count; start += Block)
        {
            int end = Math.Min(start + Block, count), from = start;
            RowProducts.Subtract(matrix, matrix, matrix, count, from..end, from..end, 0..from);
            for (int i = start; i < end; i++)
            {
                Solve(matrix, matrix, count, i, start, i);
                Span<float> row = matrix.AsSpan(i * count, count);
                row[i] = MathF.Sqrt(MathF.Max(row[i] - TensorPrimitives.SumOfSquares<float>(row[start..i]), float.Epsilon));
            }
            Parallel.For(0, (count - end + Block - 1) / Block, parallel, block =>
            {
                int first = end + (block * Block), last = Math.Min(first + Block, count);
                RowProducts.Subtract(matrix, matrix, matrix, count, first..last, from..end, 0..from);
                for (int i = first; i < last; i++) Solve(matrix, matrix, count, i, from, end);
            });
        }
    }

    /// <summary>The transposed inverse of a factor: the rows x of x Lᵀ = e.</summary>
    private static float[] InvertTransposed(float[] lower, int count, ParallelOptions parallel)
    {
        float[] upper = new float[count * count];
        Parallel.For(0, (count + Block - 1) / Block, parallel, block =>
        {
            int first = block * Block, last = Math.Min(first + Block, count);
            for (int i = first; i < last; i++) upper[(i * count) + i] = 1;
            for (int start = first; start < count; start += Block)
            {
                int end = Math.Min(start + Block, count);
                RowProducts.Subtract(upper, upper, lower, count, first..last, start..end, first..start);
                for (int i = first; i < last; i++) Solve(upper, lower, count, i, start, end);
            }
        });
        return upper;
    }

    /// <summary>U Uᵀ.</summary>
    private static void Square(float[] upper, float[] product, int count, ParallelOptions parallel)
    {
        Array.Clear(product);
        Parallel.For(0, (count + Block - 1) / Block, parallel, block =>
        {
            int first = block * Block, last = Math.Min(first + Block, count);
            for (int start = 0; start <= first; start += Block)
                RowProducts.Subtract(product, upper, upper, count, first..last, start..Math.Min(start + Block, count), first..count);
            for (int i = first; i < last; i++)
            {
                Span<float> row = product.AsSpan(i * count, i + 1);
                TensorPrimitives.Negate(row, row);
            }
        });
        Parallel.For(0, count, parallel, i =>
        {
            for (int j = i + 1; j < count; j++) product[(i * count) + j] = product[(j * count) + i];
        });
    }

    /// <summary>The columns from start to end of row i of x Lᵀ = b, where the products of the columns before start are subtracted already.</summary>
    private static void Solve(float[] target, float[] lower, int count, int i, int start, int end)
    {
        Span<float> row = target.AsSpan(i * count, count);
        for (int j = start; j < end; j++)
        {
            ReadOnlySpan<float> other = lower.AsSpan(j * count, count);
            row[j] = (row[j] - TensorPrimitives.Dot<float>(row[start..j], other[start..j])) / other[j];
        }
    }
}
