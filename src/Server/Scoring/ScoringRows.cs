using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>
/// Rows on their way through a model, as typed columns: a protocol fills <see cref="Input"/>, the model scores them, and <see cref="Output"/> has what it says. The room is
/// rented from the model and used again; it belongs to one request at a time.
/// </summary>
public sealed class ScoringRows : IDisposable
{
    private readonly RowScorer _scorer;
    private readonly FilledView _input;
    private readonly BatchCursor? _cursor;
    private readonly int _rowsAtOnce;
    private BatchColumn[]? _kept;
    private Batch? _output;
    private bool _isAbandoned;

    internal ScoringRows(RowScorer scorer, ITransformer transformer, DataViewSchema schema)
    {
        _scorer = scorer;
        _input = new FilledView(schema);
        BatchView output = BatchView.Of(transformer.Transform(_input));
        _rowsAtOnce = Math.Min(Batch.DefaultRowCount, output.RowsAtOnce);
        BatchCursor cursor = output.OpenBatches(ColumnSet.Of(output.Schema, scorer.OutputIndices));
        // What a row gives may depend on the rows before it in the same request, never on those of another one.
        if (transformer.IsRowToRowMapper) _cursor = cursor;
        else cursor.Dispose();
    }

    /// <summary>The model that they are for.</summary>
    public ServedModel Model => _scorer.Model;

    /// <summary>How many rows there are.</summary>
    public int RowCount { get; private set; }

    /// <summary>What a reader of rows keeps from row to row.</summary>
    internal object? Scratch { get; set; }

    internal IEnumerable<int> Needed => _input.Needed;

    /// <summary>The column of one of the model's inputs, to append values to; every row appends one to each.</summary>
    /// <param name="index">The place in <see cref="ServedModel.Inputs"/>.</param>
    public BatchColumn Input(int index) => _input.Rows[_scorer.InputIndices[index]];

    /// <summary>A column of the results.</summary>
    /// <param name="index">The place in <see cref="ServedModel.Outputs"/>.</param>
    public BatchColumn Output(int index) => _output is not null ? _output[_scorer.OutputIndices[index]] : _kept![index];

    /// <summary>Says that every input column has one more value for each of some rows.</summary>
    public void AddRows(int count = 1) => RowCount += count;

    /// <summary>Empties the columns.</summary>
    public void Clear()
    {
        RowCount = 0;
        _output = null;
        foreach (int index in _scorer.InputIndices) _input.Rows[index].Clear();
    }

    /// <summary>Gives the room back to the model.</summary>
    public void Dispose()
    {
        if (!_isAbandoned) _scorer.Return(this);
    }

    /// <summary>Leaves the room to a thread that still computes in it: it is not used again.</summary>
    internal void Abandon() => _isAbandoned = true;

    /// <summary>Appends the inputs of other rows.</summary>
    internal void Append(ScoringRows other)
    {
        foreach (int index in _scorer.InputIndices) _input.Rows[index].Append(other._input.Rows[index]);
        RowCount += other.RowCount;
    }

    /// <summary>Takes over a part of the results of others.</summary>
    internal void KeepOutputs(ScoringRows others, int first)
    {
        Keep();
        for (int i = 0; i < _kept!.Length; i++) _kept[i].Append(others.Output(i), first, RowCount);
    }

    internal void Score()
    {
        if (_cursor is null || RowCount == 0)
        {
            ScoreInOrder();
            return;
        }
        _input.Rows.RowCount = RowCount;
        _input.Rows.FirstRow = 0;
        if (RowCount <= _rowsAtOnce)
        {
            _output = _cursor.Next()!;
            return;
        }
        Keep();
        using ScoringRows part = _scorer.Rent();
        for (int first = 0; first < RowCount; first += _rowsAtOnce)
        {
            int count = Math.Min(_rowsAtOnce, RowCount - first);
            part.Clear();
            foreach (int index in _scorer.InputIndices) part._input.Rows[index].Append(_input.Rows[index], first, count);
            part.AddRows(count);
            part.Score();
            for (int i = 0; i < _kept!.Length; i++) _kept[i].Append(part.Output(i));
        }
    }

    private void ScoreInOrder()
    {
        Keep();
        if (RowCount == 0) return;
        BatchView scored = BatchView.Of(_scorer.Transformer.Transform(ToView()));
        using BatchCursor cursor = scored.OpenBatches(ColumnSet.Of(scored.Schema, _scorer.OutputIndices));
        while (cursor.Next() is { } batch)
            for (int i = 0; i < _kept!.Length; i++) _kept[i].Append(batch[_scorer.OutputIndices[i]]);
    }

    /// <summary>The rows as a view, valid until they are cleared.</summary>
    internal IDataView ToView()
    {
        BatchColumn[] columns = [.. Model.InputSchema.Select(column => _input.Rows.Has(column.Index) ? _input.Rows[column.Index] : BatchColumn.Create(column.Type))];
        // The view counts its rows by the first column, which nobody may read.
        while (columns[0].RowCount < RowCount) columns[0].AppendMissing();
        return new BlockView(Model.InputSchema, [columns]);
    }

    /// <summary>The results by the indices of the output schema.</summary>
    internal Batch ToBatch()
    {
        if (_output is not null) return _output;
        var batch = new Batch(_scorer.OutputIndices.Max() + 1) { RowCount = RowCount };
        for (int i = 0; i < _scorer.OutputIndices.Length; i++) batch[_scorer.OutputIndices[i]] = Output(i);
        return batch;
    }

    private void Keep()
    {
        _output = null;
        _kept ??= [.. _scorer.Outputs.Select(column => BatchColumn.Create(column.Type))];
        foreach (BatchColumn column in _kept) column.Clear();
    }
}
