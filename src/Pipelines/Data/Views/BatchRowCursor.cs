namespace MLPipelines.Data;

/// <summary>Walks through batches row by row.</summary>
internal sealed class BatchRowCursor(DataViewSchema schema, ColumnSet columns, BatchCursor batches) : DataViewRowCursor
{
    private readonly RowPlace _place = new();
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_place.Batch is { } batch && _place.Row + 1 < batch.RowCount)
        {
            _place.Row++;
        }
        else
        {
            if (_position >= 0 && _place.Batch is null) return false;
            _place.Batch = batches.Next();
            _place.Row = 0;
            if (_place.Batch is null)
            {
                _position = Math.Max(_position, 0);
                return false;
            }
        }
        _position++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => columns[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!columns[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
        if (column.Type.RawType != typeof(TValue))
            throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, read as {column.Type.RawType.Name}; it cannot be read as {typeof(TValue).Name}.");
        // Columns of one schema index are of one kind in every batch, so the getter of an empty one reads them all.
        return (ValueGetter<TValue>)BatchColumn.Create(column.Type).CreateGetter(_place, column.Index);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId value) => value = new DataViewRowId((ulong)(_place.Batch!.FirstRow + _place.Row), 0);

    protected override void Dispose(bool disposing) => batches.Dispose();
}
