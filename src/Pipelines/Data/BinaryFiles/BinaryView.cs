namespace MLPipelines.Data;

/// <summary>The rows of a binary file. Every reading opens the file again, and reads only the columns that are asked for.</summary>
internal sealed class BinaryView(BinaryFile file) : BatchView
{
    public override DataViewSchema Schema => file.Schema;

    public override long? GetRowCount() => file.RowCount;

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(file, columns);

    private sealed class Cursor : BatchCursor
    {
        private readonly BinaryFile _file;
        private readonly int[] _indices;
        private readonly Batch _batch;
        private readonly Stream _stream;
        private readonly int _rowsPerBlock;
        private int _next;

        internal Cursor(BinaryFile file, ColumnSet columns)
        {
            _file = file;
            _indices = [.. columns.Indices()];
            _rowsPerBlock = file.Columns.Count > 0 ? file.Columns[0].RowsPerBlock : Batch.DefaultRowCount;
            _batch = new Batch(columns.Count);
            foreach (int index in _indices) _batch[index] = BatchColumn.Create(file.Schema[index].Type);
            _stream = file.OpenStream();
        }

        public override Batch? Next()
        {
            long first = (long)_next * _rowsPerBlock;
            (_batch.RowCount, _batch.FirstRow) = ((int)Math.Min(_rowsPerBlock, _file.RowCount - first), first);
            if (_batch.RowCount <= 0) return null;
            foreach (int index in _indices)
            {
                BinaryFile.ColumnEntry column = _file.Columns[index];
                _batch[index].Clear();
                BinaryFile.Guard(_file.Name, $"column '{column.Name}' from row {first} on", () =>
                {
                    using BinaryReader block = BinaryFile.ReadBlock(_stream, column.Blocks[_next], column.IsDeflated);
                    column.Codec.Read(block, _batch.RowCount, _batch[index]);
                    return true;
                });
            }
            _next++;
            return _batch;
        }

        protected override void Dispose(bool disposing) => _stream.Dispose();
    }
}
