using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Takes rows out of a table, by number: 1 is the first one, and 0 stands for the last, which is the missing value.</summary>
/// <param name="table">The table.</param>
/// <param name="rowNumbers">Computes the numbers.</param>
/// <param name="vectorSize">How many numbers a row has; 0 when rows differ, -1 when it is not a vector.</param>
internal sealed class ValueLookup(BatchColumn table, ColumnKernel rowNumbers, int vectorSize) : RawTypes.IVisitor<ColumnKernel>
{
    public ColumnKernel Visit<T>()
    {
        if (vectorSize < 0) return Scalars();
        return table is TextColumn texts ? TextVectors(texts) : Vectors((ValueColumn<T>)table);
    }

    private int RowOf(uint number) => (number == 0 ? table.RowCount : (int)number) - 1;

    private ColumnKernel Scalars()
    {
        BatchColumn result = table.CreateEmpty();
        int[] rows = [];
        return batch =>
        {
            ReadOnlySpan<uint> numbers = ((ValueColumn<uint>)rowNumbers(batch)).Values;
            if (rows.Length < numbers.Length) rows = new int[numbers.Length];
            for (int i = 0; i < numbers.Length; i++) rows[i] = RowOf(numbers[i]);
            result.Clear();
            result.Append(table, rows.AsSpan(0, numbers.Length));
            return result;
        };
    }

    private ColumnKernel Vectors<T>(ValueColumn<T> values)
    {
        var result = new VectorColumn<T>(vectorSize);
        uint[] numbers = [];
        return batch =>
        {
            var rows = (VectorColumn<uint>)rowNumbers(batch);
            result.Clear();
            for (int row = 0; row < rows.RowCount; row++)
            {
                int length = rows[row].Length;
                if (numbers.Length < length) numbers = new uint[length];
                rows[row].CopyTo(numbers);
                Span<T> items = result.AppendDense(length);
                for (int i = 0; i < length; i++) items[i] = values.Values[RowOf(numbers[i])];
            }
            return result;
        };
    }

    private ColumnKernel TextVectors(TextColumn values)
    {
        var result = new TextVectorColumn(vectorSize);
        uint[] numbers = [];
        return batch =>
        {
            var rows = (VectorColumn<uint>)rowNumbers(batch);
            result.Clear();
            for (int row = 0; row < rows.RowCount; row++)
            {
                int length = rows[row].Length;
                if (numbers.Length < length) numbers = new uint[length];
                rows[row].CopyTo(numbers);
                for (int i = 0; i < length; i++) result.AppendItem(values[RowOf(numbers[i])]);
                result.EndRow();
            }
            return result;
        };
    }
}
