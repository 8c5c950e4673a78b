namespace MLPipelines.Data;

/// <summary>Chooses the rows that have a value in each of some columns.</summary>
internal static class MissingValueSelection
{
    internal static RowSelector Create(IReadOnlyList<DataViewSchema.Column> columns)
    {
        (int Index, IsMissing Test)[] tests = [.. columns.Select(column => (column.Index, RawTypes.Dispatch(RawTypes.ItemTypeOf(column.Type), new Factory(column))))];
        return (batch, selected) =>
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                bool isMissing = false;
                foreach (var (index, test) in tests) isMissing |= test(batch[index], row);
                if (!isMissing) selected.Add(row);
            }
            return true;
        };
    }

    /// <summary>Whether a type can tell that a value is missing.</summary>
    internal static bool Knows(DataViewType type) => RawTypes.ItemTypeOf(type) is var item
        && (item is KeyDataViewType or TextDataViewType || item.RawType == typeof(float) || item.RawType == typeof(double));

    private delegate bool IsMissing(BatchColumn column, int row);

    private sealed class Factory(DataViewSchema.Column column) : RawTypes.IVisitor<IsMissing>
    {
        public IsMissing Visit<T>()
        {
            bool isVector = column.Type is VectorDataViewType;
            if (typeof(T) == typeof(ReadOnlyMemory<char>)) return isVector ? AnyTextIsEmpty : (texts, row) => ((TextColumn)texts)[row].IsEmpty;
            T missing = MissingValue.Of<T>();
            var comparer = EqualityComparer<T>.Default;
            if (!isVector) return (values, row) => comparer.Equals(((ValueColumn<T>)values).Values[row], missing);
            // A sparse row of keys leaves some out, which are missing then.
            bool isMissingWhereLeftOut = comparer.Equals(missing, default);
            return (vectors, row) =>
            {
                RowVector<T> vector = ((VectorColumn<T>)vectors)[row];
                if (isMissingWhereLeftOut && vector.Values.Length < vector.Length) return true;
                foreach (T value in vector.Values)
                    if (comparer.Equals(value, missing)) return true;
                return false;
            };
        }

        private static bool AnyTextIsEmpty(BatchColumn column, int row)
        {
            var texts = (TextVectorColumn)column;
            for (int item = 0; item < texts.LengthOf(row); item++)
                if (texts[row, item].IsEmpty) return true;
            return false;
        }
    }
}
