using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The mean of x·xᵀ over the rows of a vector column.</summary>
internal static class SecondMoments
{
    /// <returns>(size, size), row-major and symmetric; zeros where no row is finite. Rows with NaN or infinity are left out.</returns>
    internal static double[] Of(BatchView data, DataViewSchema.Column column, int maximumRows, CancellationToken cancellation)
    {
        int size = ((VectorDataViewType)column.Type).Size, rowsLeft = maximumRows;
        double[] sums = new double[checked(size * size)], vector = new double[size];
        float[] values = new float[size];
        long count = 0;
        using BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, column.Index));
        while (rowsLeft > 0 && cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = (VectorColumn<float>)batch[column.Index];
            for (int row = 0; row < rows.RowCount && rowsLeft > 0; row++, rowsLeft--)
            {
                rows[row].CopyTo(values);
                if (values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) continue;
                count++;
                TensorPrimitives.ConvertChecked<float, double>(values, vector);
                for (int i = 0; i < size; i++)
                {
                    // The half right of the diagonal; the other one is the same.
                    if (vector[i] == 0) continue;
                    Span<double> sum = sums.AsSpan((i * size) + i, size - i);
                    TensorPrimitives.MultiplyAdd(vector.AsSpan(i), vector[i], sum, sum);
                }
            }
        }
        for (int i = 0; i < size; i++)
            for (int j = i; j < size; j++) sums[(j * size) + i] = sums[(i * size) + j] /= Math.Max(count, 1);
        return sums;
    }
}
