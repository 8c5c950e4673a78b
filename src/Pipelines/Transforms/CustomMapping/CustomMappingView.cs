using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The columns of a view and those that a mapping of row objects adds.</summary>
internal sealed class CustomMappingView<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
    BatchView source, DataViewSchema schema, RowBinder<TSrc> sourceRows, RowBinder<TDst> resultRows, Func<Action<TSrc, TDst>> createMapping) : BatchView where TSrc : class, new() where TDst : class, new()
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => source.GetRowCount();

    internal override int RowsAtOnce => source.RowsAtOnce;

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int inputCount = source.Schema.Count;
        var wanted = columns.Indices().ToLookup(index => index < inputCount);
        if (!wanted[false].Any()) return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, wanted[true])), schema.Count, null);
        RowReader<TSrc> reader = sourceRows.CreateReader(source.Schema, ignoreMissingColumns: false);
        var mapper = new Mapper(reader, createMapping(), resultRows, inputCount, [.. wanted[false]]);
        return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, wanted[true].Concat(reader.Columns))), schema.Count, mapper);
    }

    private sealed class Cursor(BatchCursor source, int columnCount, Mapper? mapper) : BatchCursor
    {
        private readonly Batch _output = new(columnCount);

        public override Batch? Next()
        {
            if (source.Next() is not { } input) return null;
            _output.Share(input);
            mapper?.Run(input, _output);
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }

    /// <summary>Maps rows with one input and one output object, which are filled again for each row.</summary>
    private sealed class Mapper
    {
        private readonly RowReader<TSrc> _reader;
        private readonly Action<TSrc, TDst> _map;
        private readonly RowBinder<TDst> _binder;
        private readonly BatchColumn?[] _columns;
        private readonly int _start;
        private readonly TDst _fresh = new();
        private TSrc _source = new();
        private TDst _result = new();

        internal Mapper(RowReader<TSrc> reader, Action<TSrc, TDst> map, RowBinder<TDst> binder, int start, int[] wanted)
        {
            (_reader, _map, _binder, _start) = (reader, map, binder, start);
            DataViewSchema added = binder.Schema;
            _columns = new BatchColumn?[added.Count];
            foreach (int index in wanted) _columns[index - start] = BatchColumn.Create(added[index - start].Type);
        }

        internal void Run(Batch input, Batch output)
        {
            foreach (BatchColumn? column in _columns) column?.Clear();
            for (int row = 0; row < input.RowCount; row++)
            {
                _reader.Fill(input, row, ref _source);
                // What the mapping does not set must not be what it was in the row before.
                _binder.Copy(_fresh, ref _result);
                _map(_source, _result);
                _binder.Append(_result, _columns);
            }
            for (int i = 0; i < _columns.Length; i++)
                if (_columns[i] is { } column) output[_start + i] = column;
        }
    }
}
