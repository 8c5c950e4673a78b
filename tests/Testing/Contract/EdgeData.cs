using MLPipelines.Data;

namespace MLPipelines.Testing;

/// <summary>Makes unusual data out of usual data.</summary>
internal static class EdgeData
{
    /// <summary>The row that is given NaN or infinity.</summary>
    internal const int OddRow = 1;

    internal static MemoryView Create(MemoryView data, EdgeCase edge, IReadOnlyList<string> columns) => edge switch
    {
        EdgeCase.NoRows => MemoryView.Copy(data, []),
        EdgeCase.OneRow => MemoryView.Copy(data, [0]),
        EdgeCase.ConstantColumns => MemoryView.Copy(data, [.. Enumerable.Repeat(0, (int)data.GetRowCount()!.Value)]),
        EdgeCase.NotANumber => Overwrite(data, columns, float.NaN),
        EdgeCase.Infinity => Overwrite(data, columns, float.PositiveInfinity),
        _ => throw new ArgumentOutOfRangeException(nameof(edge)),
    };

    private static MemoryView Overwrite(MemoryView data, IReadOnlyList<string> columns, float value)
    {
        MemoryView result = data;
        foreach (string name in columns)
        {
            BatchColumn column = data.ColumnOf(name);
            BatchColumn odd = column switch
            {
                ValueColumn<float> scalars => OverwriteScalar(scalars, value),
                ValueColumn<double> scalars => OverwriteScalar(scalars, value),
                VectorColumn<float> vectors => OverwriteVector(vectors, value),
                VectorColumn<double> vectors => OverwriteVector(vectors, value),
                _ => column,
            };
            result = result.With(name, data.Schema[name].Type, odd);
        }
        return result;
    }

    private static ValueColumn<T> OverwriteScalar<T>(ValueColumn<T> source, T value)
    {
        var copy = new ValueColumn<T>();
        for (int row = 0; row < source.RowCount; row++) copy.Append(row == OddRow ? value : source.Values[row]);
        return copy;
    }

    private static VectorColumn<T> OverwriteVector<T>(VectorColumn<T> source, T value)
    {
        var copy = (VectorColumn<T>)source.CreateEmpty();
        for (int row = 0; row < source.RowCount; row++)
        {
            RowVector<T> items = source[row];
            T[] values = items.Values.ToArray();
            if (row == OddRow && values.Length > 0) values[0] = value;
            copy.Append(items.IsDense ? RowVector<T>.Dense(values) : RowVector<T>.Sparse(items.Length, items.Indices, values));
        }
        return copy;
    }
}
