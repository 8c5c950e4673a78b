using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Computes an expression for each row, or for each item of the one vector among its inputs.</summary>
/// <param name="expression">The expression as it is written, for messages.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="vector">Which of them is the vector; -1 for none.</param>
/// <param name="size">The number of items of the vector; 0 when rows differ.</param>
/// <param name="result">The computation.</param>
internal sealed class ExpressionKernel(string expression, ExpressionInput[] inputs, int vector, int size, ExpressionValue result) : RawTypes.IVisitor<ColumnKernel>
{
    public ColumnKernel Visit<T>()
    {
        Func<T> compute = result.Get<T>();
        if (compute is Func<ReadOnlyMemory<char>> text) return vector < 0 ? Texts(text) : TextVectors(text);
        if (vector >= 0) return Vectors(compute);
        var values = new ValueColumn<T>();
        Action<ValueColumn<T>, int> append = (column, _) => column.Append(compute());
        return batch => Run(batch, values, append);
    }

    private ColumnKernel Vectors<T>(Func<T> compute)
    {
        var vectors = new VectorColumn<T>(size);
        Action<VectorColumn<T>, int> append = (column, length) =>
        {
            Span<T> items = column.AppendDense(length);
            for (int i = 0; i < items.Length; i++)
            {
                inputs[vector].MoveTo(i);
                items[i] = compute();
            }
        };
        return batch => Run(batch, vectors, append);
    }

    private ColumnKernel Texts(Func<ReadOnlyMemory<char>> compute)
    {
        var texts = new TextColumn();
        Action<TextColumn, int> append = (column, _) => column.Append(compute().Span);
        return batch => Run(batch, texts, append);
    }

    private ColumnKernel TextVectors(Func<ReadOnlyMemory<char>> compute)
    {
        var texts = new TextVectorColumn(size);
        Action<TextVectorColumn, int> append = (column, length) =>
        {
            for (int i = 0; i < length; i++)
            {
                inputs[vector].MoveTo(i);
                column.AppendItem(compute().Span);
            }
            column.EndRow();
        };
        return batch => Run(batch, texts, append);
    }

    private TColumn Run<TColumn>(Batch batch, TColumn column, Action<TColumn, int> append) where TColumn : BatchColumn
    {
        column.Clear();
        int row = 0;
        try
        {
            for (; row < batch.RowCount; row++)
            {
                int length = 1;
                for (int i = 0; i < inputs.Length; i++)
                {
                    int items = inputs[i].MoveTo(batch, row);
                    if (i == vector) length = items;
                }
                append(column, length);
            }
        }
        catch (Exception e) when (e is ArithmeticException or FormatException)
        {
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Expression: row {batch.FirstRow + row}: \"{expression}\": {e.Message}"), e);
        }
        return column;
    }
}
