using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The numbers of a column in memory, slot by slot, with the rows that they are from. Zeros of sparse rows are not stored.</summary>
internal sealed class SlotColumns
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly double[] _values;
    private readonly int _rowCount;

    private SlotColumns(int slots, int rowCount, ReadOnlySpan<int> rowOf, ReadOnlySpan<int> slotOf, ReadOnlySpan<double> values)
    {
        (_starts, _rows, _values, _rowCount) = (new int[slots + 1], new int[values.Length], new double[values.Length], rowCount);
        foreach (int slot in slotOf) _starts[slot + 1]++;
        for (int slot = 0; slot < slots; slot++) _starts[slot + 1] += _starts[slot];
        int[] next = _starts[..slots];
        for (int i = 0; i < values.Length; i++)
        {
            int at = next[slotOf[i]]++;
            (_rows[at], _values[at]) = (rowOf[i], values[i]);
        }
    }

    internal int SlotCount => _starts.Length - 1;

    internal static SlotColumns Read(DataViewType type, BatchColumn column) => RawTypes.ItemTypeOf(type) is BooleanDataViewType
        ? new Reader<bool>(column, value => value ? 1 : 0).Read()
        : NumberTypes.Dispatch(RawTypes.ItemTypeOf(type), new NumberReader(column));

    /// <summary>Writes the group of each row's number; NaN is group 0.</summary>
    /// <returns>The number of groups.</returns>
    internal int Bin(int slot, ValueBins bins, int[] groups)
    {
        int start = _starts[slot], count = _starts[slot + 1] - start;
        ReadOnlySpan<double> values = _values.AsSpan(start, count);
        ReadOnlySpan<double> uppers = bins.Find(values, _rowCount - count);
        if (count < _rowCount) Array.Fill(groups, GroupOf(0, uppers));
        for (int i = 0; i < count; i++) groups[_rows[start + i]] = double.IsNaN(values[i]) ? 0 : GroupOf(values[i], uppers);
        return uppers.Length + 1;
    }

    private static int GroupOf(double value, ReadOnlySpan<double> uppers)
    {
        int at = uppers.BinarySearch(value);
        return 1 + (at >= 0 ? at : ~at);
    }

    private sealed class NumberReader(BatchColumn column) : NumberTypes.IVisitor<SlotColumns>
    {
        public SlotColumns Visit<T>() where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            new Reader<T>(column, double.CreateTruncating).Read();
    }

    private sealed class Reader<T>(BatchColumn column, Func<T, double> toNumber)
    {
        internal SlotColumns Read()
        {
            if (column is ValueColumn<T> scalars)
            {
                int[] rows = [.. Enumerable.Range(0, scalars.RowCount)];
                return new SlotColumns(1, rows.Length, rows, new int[rows.Length], Array.ConvertAll(scalars.Values.ToArray(), value => toNumber(value)));
            }
            var vectors = (VectorColumn<T>)column;
            double[] values = Array.ConvertAll(vectors.Values.ToArray(), value => toNumber(value));
            int[] rowOf = new int[values.Length], slotOf = new int[values.Length];
            for (int row = 0, at = 0; row < vectors.RowCount; row++)
            {
                RowVector<T> items = vectors[row];
                for (int i = 0; i < items.Values.Length; i++, at++) (rowOf[at], slotOf[at]) = (row, items.IsDense ? i : items.Indices[i]);
            }
            return new SlotColumns(vectors.Size, vectors.RowCount, rowOf, slotOf, values);
        }
    }
}
