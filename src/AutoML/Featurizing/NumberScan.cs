using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Reads columns of numbers from the first to the last row to see which say nothing, and which are missing in some row.</summary>
internal static class NumberScan
{
    private const int RowsToJudge = 10;

    /// <summary>Columns with one value only, and whole numbers that count the rows or are named as an identifier and rise from row to row.</summary>
    public static IEnumerable<string> Useless(IDataView data, IReadOnlyList<DataViewSchema.Column> columns) =>
        Read(data, columns).Where(scan => scan.IsConstant || scan.IsRowNumber).Select(scan => scan.Name);

    /// <summary>Columns with NaN in some row.</summary>
    public static IReadOnlyList<string> WithMissing(IDataView data, IReadOnlyList<DataViewSchema.Column> columns) =>
        [.. Read(data, [.. columns.Where(column => Item(column) is var item && (item.Equals(NumberDataViewType.Single) || item.Equals(NumberDataViewType.Double)))])
            .Where(scan => scan.HasMissing).Select(scan => scan.Name)];

    private static DataViewType Item(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;

    private static List<Scan> Read(IDataView data, IReadOnlyList<DataViewSchema.Column> columns)
    {
        List<Scan> scans = [.. columns.Select(column => new Scan(column.Name))];
        if (scans.Count == 0) return scans;
        Action<BatchColumn>[] readers = [.. columns.Select((column, i) => RawTypes.Dispatch(RawTypes.ItemTypeOf(column.Type), new Reading(scans[i])))];
        using BatchCursor cursor = BatchView.Of(data).OpenBatches(ColumnSet.Of(data.Schema, columns));
        while (cursor.Next() is { } batch)
            for (int i = 0; i < scans.Count; i++) readers[i](batch[columns[i].Index]);
        return scans;
    }

    private sealed class Scan(string name)
    {
        private double _first = double.NaN, _last = double.NaN;
        private long _count;
        private bool _rises = true, _counts = true, _differs;

        public string Name { get; } = name;

        public bool HasMissing { get; private set; }

        public bool IsConstant => !_differs && !HasMissing && _count > 1;

        public bool IsRowNumber => !HasMissing && _count >= RowsToJudge && (_counts
            || (_rises && (Name.Equals("id", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("Id", StringComparison.Ordinal))));

        public void Add(double value)
        {
            if (double.IsNaN(value))
            {
                HasMissing = true;
                return;
            }
            if (_count++ == 0) _first = value;
            else
            {
                _differs |= value != _first;
                _counts &= value == _last + 1;
                _rises &= value > _last;
            }
            _rises &= value == Math.Floor(value);
            _last = value;
        }
    }

    private sealed class Reading(Scan scan) : RawTypes.IVisitor<Action<BatchColumn>>
    {
        public Action<BatchColumn> Visit<T>() => column =>
        {
            foreach (T value in column is VectorColumn<T> vectors ? vectors.Values : ((ValueColumn<T>)column).Values)
                scan.Add(value is IConvertible number ? number.ToDouble(null) : double.NaN);
        };
    }
}
