using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The feature vectors of a training set in memory: dense, row after row, or sparse as CSR (row offsets, indices, values).
/// </summary>
public sealed class FeatureMatrix
{
    private readonly float[] _values;
    private readonly int[] _indices;
    private readonly long[] _starts;

    /// <summary>A dense matrix, row-major.</summary>
    public FeatureMatrix(float[] values, int rowCount, int columnCount)
    {
        if ((long)rowCount * columnCount != values.Length)
            throw new ArgumentException($"{rowCount} × {columnCount} values expected, {values.Length} found.", nameof(values));
        (_values, _indices, _starts) = (values, [], []);
        (RowCount, ColumnCount, IsDense) = (rowCount, columnCount, true);
    }

    /// <summary>A sparse matrix. Row <c>i</c> has the items from <c>starts[i]</c> up to <c>starts[i + 1]</c>; indices rise within a row.</summary>
    public FeatureMatrix(long[] starts, int[] indices, float[] values, int columnCount)
    {
        (_values, _indices, _starts) = (values, indices, starts);
        (RowCount, ColumnCount, IsDense) = (starts.Length - 1, columnCount, false);
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public bool IsDense { get; }

    /// <summary>The number of stored items.</summary>
    public long StoredCount => IsDense ? (long)RowCount * ColumnCount : _starts[RowCount];

    public RowVector<float> this[int row]
    {
        get
        {
            if (IsDense) return RowVector<float>.Dense(_values.AsSpan(row * ColumnCount, ColumnCount));
            int start = (int)_starts[row], count = (int)_starts[row + 1] - start;
            return RowVector<float>.Sparse(ColumnCount, _indices.AsSpan(start, count), _values.AsSpan(start, count));
        }
    }

    /// <summary>The stored items, row after row.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The column of each stored item of a sparse matrix.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>Where the rows of a sparse matrix start.</summary>
    public ReadOnlySpan<long> Starts => _starts;

    /// <summary>A copy of the rows of a column.</summary>
    internal static FeatureMatrix Of(VectorColumn<float> rows)
    {
        if (rows.IsDense) return new FeatureMatrix(rows.Values.ToArray(), rows.RowCount, rows.Size);
        long[] starts = new long[rows.RowCount + 1];
        for (int i = 0; i < starts.Length; i++) starts[i] = rows.Starts[i];
        return new FeatureMatrix(starts, rows.Indices.ToArray(), rows.Values.ToArray(), rows.Size);
    }

    /// <summary>A copy of some of the rows.</summary>
    internal FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        long[] starts = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + this[rows[i]].Values.Length;
        float[] values = new float[starts[^1]];
        int[] indices = new int[IsDense ? 0 : values.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            RowVector<float> row = this[rows[i]];
            row.Values.CopyTo(values.AsSpan((int)starts[i]));
            row.Indices.CopyTo(indices.AsSpan(IsDense ? 0 : (int)starts[i]));
        }
        return IsDense ? new FeatureMatrix(values, rows.Length, ColumnCount) : new FeatureMatrix(starts, indices, values, ColumnCount);
    }
}
