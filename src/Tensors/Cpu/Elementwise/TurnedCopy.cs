using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Writes a view's numbers in order where its last axis goes through memory in steps and another one number by number: transposed matrices, channels that become last.</summary>
internal static unsafe class TurnedCopy
{
    private struct Work
    {
        internal float* X, Y;
        internal Strided Way;
        internal int Axis, RowsPerPart, PartsPerMatrix;

        /// <summary>Between the numbers of the axis in what is written.</summary>
        internal int Stride;
    }

    /// <summary>The axis whose numbers lie side by side, or -1 where the view is none of this kind.</summary>
    internal static int AxisOf(in Strided way)
    {
        if (way.Sizes.Rank < 2 || way.Strides[-1] <= 1) return -1;
        for (int axis = 0; axis < way.Sizes.Rank - 1; axis++)
        {
            if (way.Strides[axis] == 1) return axis;
        }
        return -1;
    }

    internal static void Run(float* x, float* y, in Strided way, int axis)
    {
        int rank = way.Sizes.Rank, matrices = 1, stride = 1;
        for (int i = 0; i < rank - 1; i++) matrices *= i == axis ? 1 : way.Sizes[i];
        for (int i = axis + 1; i < rank; i++) stride *= way.Sizes[i];
        // Whole vectors of rows.
        int rows = way.Sizes[axis], perPart = (Pieces.Rows(way.Sizes[-1], Pieces.Cheap) + 15) / 16 * 16;
        Work work = new() { X = x, Y = y, Way = way, Axis = axis, RowsPerPart = perPart, PartsPerMatrix = (rows + perPart - 1) / perPart, Stride = stride };
        Crew.Run(matrices * work.PartsPerMatrix, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        ref readonly Strided way = ref work->Way;
        int rank = way.Sizes.Rank, columns = way.Sizes[rank - 1], row = part % work->PartsPerMatrix * work->RowsPerPart, rows = Math.Min(work->RowsPerPart, way.Sizes[work->Axis] - row);
        long from = row, to = (long)row * work->Stride, written = columns;
        for (int axis = rank - 2, left = part / work->PartsPerMatrix; axis >= 0; axis--)
        {
            int size = way.Sizes[axis];
            if (axis != work->Axis)
            {
                from += (long)(left % size) * way.Strides[axis];
                to += left % size * written;
                left /= size;
            }
            written *= size;
        }
        Packing.Rows<T>(new Matrix(work->X + from, 1, way.Strides[rank - 1]), rows, columns, work->Y + to, work->Stride, columns);
    }
}
