using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of two numbers, over two views that are repeated to one shape.</summary>
internal static unsafe class BinaryKernels
{
    internal static void Run(BinaryFunction function, float* a, float* b, float* y, in StridedPair way) => Run(function, a, b, y, way, 0);

    private static float* Run(BinaryFunction function, float* a, float* b, float* y, in StridedPair way, int axis)
    {
        int rank = way.Sizes.Rank, size = rank == 0 ? 1 : way.Sizes[axis];
        int left = rank == 0 ? 0 : way.Left[axis], right = rank == 0 ? 0 : way.Right[axis];
        if (axis >= rank - 1)
        {
            Row(function, a, left, b, right, y, size);
            return y + size;
        }
        for (int i = 0; i < size; i++) y = Run(function, a + (long)i * left, b + (long)i * right, y, way, axis + 1);
        return y;
    }

    private static void Row(BinaryFunction function, float* a, int left, float* b, int right, float* y, int count)
    {
        switch (function)
        {
            case BinaryFunction.Add: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a + *b; break;
            case BinaryFunction.Subtract: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a - *b; break;
            case BinaryFunction.Multiply: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a * *b; break;
            case BinaryFunction.Divide: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a / *b; break;
            case BinaryFunction.Power: for (int i = 0; i < count; i++, a += left, b += right) y[i] = MathF.Pow(*a, *b); break;
            case BinaryFunction.Maximum: for (int i = 0; i < count; i++, a += left, b += right) y[i] = MathF.Max(*a, *b); break;
            case BinaryFunction.Minimum: for (int i = 0; i < count; i++, a += left, b += right) y[i] = MathF.Min(*a, *b); break;
            case BinaryFunction.Greater: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a > *b ? 1 : 0; break;
            case BinaryFunction.GreaterOrEqual: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a >= *b ? 1 : 0; break;
            case BinaryFunction.Equal: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a == *b ? 1 : 0; break;
        }
    }

    internal static void Select(float* mask, float* a, float* b, float* y, int count)
    {
        for (int i = 0; i < count; i++) y[i] = mask[i] != 0 ? a[i] : b[i];
    }
}
