using MLPipelines.Data;

namespace MLPipelines;

/// <summary>A view of one run of rows that is filled anew from another view, time and again; reading it never ends.</summary>
internal sealed class FilledView(DataViewSchema schema) : BatchView
{
    private readonly Batch _batch = new(schema.Count);

    public override DataViewSchema Schema => schema;

    /// <summary>The columns that somebody reads.</summary>
    internal IEnumerable<int> Needed => Enumerable.Range(0, schema.Count).Where(_batch.Has);

    /// <summary>The rows, for who fills the columns in place.</summary>
    internal Batch Rows => _batch;

    internal void Fill(Batch source)
    {
        for (int i = 0; i < schema.Count; i++)
        {
            if (!_batch.Has(i)) continue;
            _batch[i].Clear();
            _batch[i].Append(source[i]);
        }
        (_batch.RowCount, _batch.FirstRow) = (source.RowCount, source.FirstRow);
    }

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        foreach (int index in columns.Indices())
            if (!_batch.Has(index)) _batch[index] = BatchColumn.Create(schema[index].Type);
        return new Cursor(_batch);
    }

    private sealed class Cursor(Batch batch) : BatchCursor
    {
        public override Batch? Next() => batch;
    }
}
