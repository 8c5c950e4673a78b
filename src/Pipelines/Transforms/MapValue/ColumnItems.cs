using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The items of a column, scalar or vector, one after the other, and a column made of such items.</summary>
internal static class ColumnItems
{
    internal static KeyValues Of(PrimitiveDataViewType item, BatchColumn column) => RawTypes.Dispatch(item, new Reader(item, column));

    /// <summary>How many items each row has.</summary>
    internal static int[] LengthsOf(PrimitiveDataViewType item, BatchColumn column) => RawTypes.Dispatch(item, new LengthReader(column));

    internal static BatchColumn ToColumn(DataViewType type, KeyValues items, ReadOnlySpan<int> lengths) =>
        RawTypes.Dispatch(items.Type, new Writer(type, items, lengths.ToArray()));

    private sealed class Reader(PrimitiveDataViewType item, BatchColumn column) : RawTypes.IVisitor<KeyValues>
    {
        public KeyValues Visit<T>()
        {
            if ((column as TextColumn ?? (column as TextVectorColumn)?.Items) is { } texts)
                return new KeyValues<ReadOnlyMemory<char>>(item, [.. Enumerable.Range(0, texts.RowCount).Select(i => texts[i].ToString().AsMemory())]);
            if (column is ValueColumn<T> scalars) return new KeyValues<T>(item, scalars.Values.ToArray());
            var vectors = (VectorColumn<T>)column;
            List<T> all = [];
            for (int row = 0; row < vectors.RowCount; row++)
            {
                T[] items = new T[vectors[row].Length];
                vectors[row].CopyTo(items);
                all.AddRange(items);
            }
            return new KeyValues<T>(item, [.. all]);
        }
    }

    private sealed class LengthReader(BatchColumn column) : RawTypes.IVisitor<int[]>
    {
        public int[] Visit<T>() => [.. Enumerable.Range(0, column.RowCount).Select(row => column switch
        {
            VectorColumn<T> vectors => vectors[row].Length,
            TextVectorColumn texts => texts.LengthOf(row),
            _ => 1,
        })];
    }

    private sealed class Writer(DataViewType type, KeyValues items, int[] lengths) : RawTypes.IVisitor<BatchColumn>
    {
        public BatchColumn Visit<T>()
        {
            BatchColumn column = BatchColumn.Create(type);
            ReadOnlySpan<T> left = ((KeyValues<T>)items).Values;
            foreach (int length in lengths)
            {
                Append(column, left[..length]);
                left = left[length..];
            }
            return column;
        }

        private static void Append<T>(BatchColumn column, ReadOnlySpan<T> row)
        {
            switch (column)
            {
                case ValueColumn<T> scalars: scalars.Append(row[0]); break;
                case VectorColumn<T> vectors: vectors.Append(row); break;
                case TextColumn texts: texts.Append(((ReadOnlyMemory<char>)(object)row[0]!).Span); break;
                case TextVectorColumn texts:
                    foreach (T item in row) texts.AppendItem(((ReadOnlyMemory<char>)(object)item!).Span);
                    texts.EndRow();
                    break;
            }
        }
    }
}
