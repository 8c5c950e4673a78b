using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Writes a view's elements in order, and back.</summary>
internal static unsafe class StridedCopy
{
    internal static void Run(void* x, void* y, int elementSize, in Strided way)
    {
        if (elementSize == 4 && TurnedCopy.AxisOf(way) is int axis and >= 0)
        {
            TurnedCopy.Run((float*)x, (float*)y, way, axis);
            return;
        }
        switch (elementSize)
        {
            case 1: Copy((byte*)x, (byte*)y, way, 0); break;
            case 2: Copy((ushort*)x, (ushort*)y, way, 0); break;
            case 4: Copy((uint*)x, (uint*)y, way, 0); break;
            default: Copy((ulong*)x, (ulong*)y, way, 0); break;
        }
    }

    private static T* Copy<T>(T* x, T* y, in Strided way, int axis) where T : unmanaged
    {
        if (way.Sizes.Rank == 0)
        {
            *y = *x;
            return y + 1;
        }
        int size = way.Sizes[axis], stride = way.Strides[axis];
        if (axis == way.Sizes.Rank - 1)
        {
            if (stride == 1) new ReadOnlySpan<T>(x, size).CopyTo(new Span<T>(y, size));
            else if (stride == 0) new Span<T>(y, size).Fill(*x);
            else for (int i = 0; i < size; i++) y[i] = x[(long)i * stride];
            return y + size;
        }
        for (int i = 0; i < size; i++) y = Copy(x + (long)i * stride, y, way, axis + 1);
        return y;
    }

    internal static void Place(void* x, void* y, int elementSize, in Strided way)
    {
        switch (elementSize)
        {
            case 1: Place((byte*)x, (byte*)y, way, 0); break;
            case 2: Place((ushort*)x, (ushort*)y, way, 0); break;
            case 4: Place((uint*)x, (uint*)y, way, 0); break;
            default: Place((ulong*)x, (ulong*)y, way, 0); break;
        }
    }

    private static T* Place<T>(T* x, T* y, in Strided way, int axis) where T : unmanaged
    {
        if (way.Sizes.Rank == 0)
        {
            *y = *x;
            return x + 1;
        }
        int size = way.Sizes[axis], stride = way.Strides[axis];
        if (axis == way.Sizes.Rank - 1)
        {
            if (stride == 1) new ReadOnlySpan<T>(x, size).CopyTo(new Span<T>(y, size));
            else for (int i = 0; i < size; i++) y[(long)i * stride] = x[i];
            return x + size;
        }
        for (int i = 0; i < size; i++) x = Place(x, y + (long)i * stride, way, axis + 1);
        return x;
    }
}
