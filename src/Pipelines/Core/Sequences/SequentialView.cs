using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The columns of a view and those that a sequential transformer adds to them.</summary>
internal sealed class SequentialView(BatchView source, SequentialTransformer transformer, DataViewSchema schema) : BatchView
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int inputCount = source.Schema.Count;
        int[] wanted = [.. columns.Indices()];
        IEnumerable<int> inputs = wanted.Where(index => index < inputCount);
        if (wanted.All(index => index < inputCount)) return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, inputs)), schema, null);
        SequentialMapper mapper = transformer.CreateMapper(source.Schema);
        return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, inputs.Concat(mapper.Sources))), schema, mapper);
    }

    private sealed class Cursor(BatchCursor source, DataViewSchema schema, SequentialMapper? mapper) : BatchCursor
    {
        private readonly Batch _output = new(schema.Count);
        private readonly BatchColumn[] _added = mapper is null ? [] : [.. schema.Skip(mapper.InputCount).Select(column => BatchColumn.Create(column.Type))];

        public override Batch? Next()
        {
            if (source.Next() is not { } input) return null;
            _output.Share(input);
            foreach (BatchColumn column in _added) column.Clear();
            for (int row = 0; mapper is not null && row < input.RowCount; row++) mapper.Map(input, row, _added);
            for (int i = 0; i < _added.Length; i++) _output[mapper!.InputCount + i] = _added[i];
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
