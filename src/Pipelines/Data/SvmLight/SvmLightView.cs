namespace MLPipelines.Data;

/// <summary>The rows of SVM-light files, read in constant memory. Every reading opens the files again.</summary>
internal sealed class SvmLightView(SvmLightLoader loader, IMultiStreamSource source) : BatchView
{
    public override DataViewSchema Schema => loader.GetOutputSchema();

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(loader, source, columns);

    private sealed class Cursor : BatchCursor
    {
        private readonly SvmLightLoader _loader;
        private readonly IMultiStreamSource _source;
        private readonly SvmLightRow _row;
        private readonly Batch _batch;
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _names;
        private readonly SvmLightRow.FeatureAction _take;

        private readonly ValueColumn<float> _labels = new();
        private readonly ValueColumn<float> _weights = new();
        private readonly ValueColumn<ulong> _groups = new();
        private readonly TextColumn _comments = new();
        private readonly VectorColumn<float> _features;

        private int[] _indices = new int[16];
        private float[] _values = new float[16];
        private int _count;
        private TextFile? _file;
        private int _nextFile;

        internal Cursor(SvmLightLoader loader, IMultiStreamSource source, ColumnSet columns)
        {
            (_loader, _source) = (loader, source);
            _row = new SvmLightRow(loader.Indices);
            _names = (loader.Names ?? []).GetAlternateLookup<ReadOnlySpan<char>>();
            _take = Take;
            _features = new VectorColumn<float>(loader.FeatureCount);
            _features.Reset(loader.FeatureCount, isDense: false);
            _batch = new Batch(columns.Count);
            BatchColumn[] all = [_labels, _weights, _groups, _comments, _features];
            foreach (int index in columns.Indices()) _batch[index] = all[index];
        }

        public override Batch? Next()
        {
            _loader.Environment.CancellationToken.ThrowIfCancellationRequested();
            _batch.FirstRow += _batch.RowCount;
            _labels.Clear();
            _weights.Clear();
            _groups.Clear();
            _comments.Clear();
            _features.Clear();
            while (_labels.RowCount < Batch.DefaultRowCount && MoveNext()) Append(_file!);
            _batch.RowCount = _labels.RowCount;
            return _batch.RowCount > 0 ? _batch : null;
        }

        private bool MoveNext()
        {
            while (true)
            {
                if (_file is not null && SvmLightRow.MoveNext(_file)) return true;
                _file?.Dispose();
                _file = _nextFile < _source.Count ? TextFile.Open(_source, _nextFile++, SvmLightSample.Format) : null;
                if (_file is null) return false;
            }
        }

        private void Append(TextFile file)
        {
            _count = 0;
            _row.Read(file, _take);
            _labels.Append(_row.Label);
            _weights.Append(_row.Weight);
            _groups.Append(_row.GroupId);
            _comments.Append(SvmLightRow.CommentOf(file.Reader.RawRow));
            Span<int> indices = _indices.AsSpan(0, _count);
            indices.Sort(_values.AsSpan(0, _count));
            for (int i = 1; i < indices.Length; i++)
                if (indices[i] == indices[i - 1]) throw _row.Wrong(file, file.Reader.RawRow, "each feature once");
            _features.Append(indices, _values.AsSpan(0, _count));
        }

        private void Take(int index, ReadOnlySpan<char> name, float value)
        {
            if (_loader.Names is not null && !_names.TryGetValue(name, out index)) return;
            if (index >= _loader.FeatureCount) return;
            if (_count == _indices.Length)
            {
                Array.Resize(ref _indices, _count * 2);
                Array.Resize(ref _values, _count * 2);
            }
            (_indices[_count], _values[_count++]) = (index, value);
        }

        protected override void Dispose(bool disposing) => _file?.Dispose();
    }
}
