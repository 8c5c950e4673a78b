namespace MLPipelines.Data;

/// <summary>Appends the value that a row has in a column to a batch column.</summary>
internal sealed class RowAppender(DataViewRow row, DataViewSchema.Column source, BatchColumn target) : RawTypes.IVisitor<Action>
{
    internal static Action Create(DataViewRow row, DataViewSchema.Column source, BatchColumn target) =>
        RawTypes.DispatchColumn(source.Type, new RowAppender(row, source, target));

    public Action Visit<T>() => (target) switch
    {
        TextColumn texts => AppendText(texts),
        TextVectorColumn texts => AppendTexts(texts),
        ValueColumn<T> values => AppendValue(values),
        VectorColumn<T> vectors => AppendVector(vectors),
        _ => throw new NotSupportedException($"Column '{source.Name}' of type {source.Type} cannot be read row by row."),
    };

    private Action AppendValue<T>(ValueColumn<T> column)
    {
        var getter = row.GetGetter<T>(source);
        return () =>
        {
            T value = default!;
            getter(ref value);
            column.Append(value);
        };
    }

    private Action AppendText(TextColumn column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(source);
        return () =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);
            column.Append(value.Span);
        };
    }

    private Action AppendTexts(TextVectorColumn column)
    {
        var getter = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(source);
        VBuffer<ReadOnlyMemory<char>> buffer = default;
        return () =>
        {
            getter(ref buffer);
            foreach (var (_, text) in buffer.Items(all: true)) column.AppendItem(text.Span);
            column.EndRow();
        };
    }

    private Action AppendVector<T>(VectorColumn<T> column)
    {
        var getter = row.GetGetter<VBuffer<T>>(source);
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            if (column.Size != 0 && buffer.Length != column.Size)
                throw new InvalidOperationException($"Column '{source.Name}' row {row.Position}: found a vector of {buffer.Length} items, expected {column.Size}.");
            if (buffer.IsDense) column.Append(RowVector<T>.Dense(buffer.GetValues()));
            else if (column.Size == 0) column.Append(buffer.ToDenseArray());
            else column.Append(RowVector<T>.Sparse(buffer.Length, buffer.GetIndices(), buffer.GetValues()));
        };
    }
}
