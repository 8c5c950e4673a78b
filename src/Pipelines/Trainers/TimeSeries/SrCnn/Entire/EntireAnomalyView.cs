using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>The columns of a view and one that says where the anomalies of another are. It reads one run of points at a time.</summary>
internal sealed class EntireAnomalyView : BatchView
{
    private readonly BatchView _source;
    private readonly DataViewSchema.Column _column;
    private readonly SrCnnEntireAnomalyDetectorOptions _options;

    internal EntireAnomalyView(BatchView source, DataViewSchema.Column column, string outputColumnName, SrCnnEntireAnomalyDetectorOptions options)
    {
        (_source, _column, _options) = (source, column, options);
        string[] names = EntireAnomalyDetector.NamesOf(options.DetectMode);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(source.Schema);
        schema.AddColumn(outputColumnName, new VectorDataViewType(NumberDataViewType.Double, names.Length), ColumnAnnotations.WithSlotNames(names));
        Schema = schema.ToSchema();
    }

    public override DataViewSchema Schema { get; }

    public override long? GetRowCount() => _source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int output = _source.Schema.Count;
        int[] inputs = [.. columns.Indices().Where(index => index != output)];
        return new Cursor(this, _source.OpenBatches(ColumnSet.Of(_source.Schema, columns[output] ? [.. inputs, _column.Index] : inputs)), inputs, columns[output]);
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly EntireAnomalyView _view;
        private readonly BatchCursor _source;
        private readonly int[] _inputs;
        private readonly Batch _output;
        private readonly BatchColumn[] _kept = [];
        private readonly VectorColumn<double> _points = new(0);
        private readonly EntireAnomalyDetector? _detector;
        private readonly int _size;
        private Batch? _input;
        private int _nextRow;
        private double[] _values = [];
        private int _count;

        internal Cursor(EntireAnomalyView view, BatchCursor source, int[] inputs, bool isDetecting)
        {
            (_view, _source, _inputs, _output) = (view, source, inputs, new Batch(view.Schema.Count));
            if (!isDetecting) return;
            _detector = new EntireAnomalyDetector(view._options);
            _size = view._options.BatchSize == -1 ? int.MaxValue : view._options.BatchSize;
            _kept = [.. inputs.Select(index => BatchColumn.Create(view.Schema[index].Type))];
            _points = new VectorColumn<double>(EntireAnomalyDetector.NamesOf(view._options.DetectMode).Length);
            for (int i = 0; i < inputs.Length; i++) _output[inputs[i]] = _kept[i];
            _output[view.Schema.Count - 1] = _points;
        }

        public override Batch? Next()
        {
            if (_detector is null)
            {
                if (_source.Next() is not { } input) return null;
                _output.Share(input);
                return _output;
            }
            _output.FirstRow += _output.RowCount;
            int before = _count;
            _output.RowCount = _count = Gather(before);
            if (_count == 0) return null;
            // A short last run is looked at together with the end of the one before.
            int borrowed = _count < _view._options.LeastRun ? Math.Max(0, before - _count) : 0;
            ReadOnlySpan<double> values = _values.AsSpan(before - borrowed, borrowed + _count);
            if (values.Length < _detector.LeastCount) throw TooShort(values.Length);
            Span<double> points = _points.Resize(values.Length);
            _detector.Detect(values, points);
            if (borrowed > 0)
            {
                points[(borrowed * _points.Size)..].CopyTo(points);
                _points.Resize(_count);
            }
            _values.AsSpan(before, _count).CopyTo(_values);
            return _output;
        }

        // Takes in a run of rows; their values come behind those of the run before.
        private int Gather(int before)
        {
            foreach (BatchColumn column in _kept) column.Clear();
            int count = 0;
            while (count < _size)
            {
                if (_input is null || _nextRow == _input.RowCount)
                {
                    (_input, _nextRow) = (_source.Next(), 0);
                    if (_input is null) break;
                }
                int taken = Math.Min(_size - count, _input.RowCount - _nextRow);
                if (_values.Length < before + count + taken) Array.Resize(ref _values, Math.Max(before + count + taken, (int)Math.Min(2L * _values.Length, Array.MaxLength)));
                SeriesColumn.ReadFinite(_input, _view._column, _nextRow, taken, nameof(TimeSeriesCatalog.DetectEntireAnomalyBySrCnn)).CopyTo(_values.AsSpan(before + count));
                for (int i = 0; i < _kept.Length; i++) _kept[i].Append(_input[_inputs[i]], _nextRow, taken);
                (count, _nextRow) = (count + taken, _nextRow + taken);
            }
            return count;
        }

        private MLPipelinesException TooShort(int count) => new(
            $"{nameof(TimeSeriesCatalog.DetectEntireAnomalyBySrCnn)}: column '{_view._column.Name}': found {count} values, expected at least {_detector!.LeastCount}" +
            (_view._options.Period > 1 ? $", two periods of {_view._options.Period}. Give a shorter period, or 0 for none." : "."));

        protected override void Dispose(bool disposing) => _source.Dispose();
    }
}
