namespace MLPipelines.Data;

/// <summary>Reads text files a batch at a time into columns that it uses again for the next batch.</summary>
internal sealed class TextCursor : BatchCursor
{
    /// <summary>A batch ends early when its rows are this many characters, so that long texts do not make it large.</summary>
    internal const int LongestBatch = 1 << 20;

    private readonly TextLoader _loader;
    private readonly IMultiStreamSource _source;
    private readonly (int Index, FieldReader Reader)[] _readers;
    private readonly Batch _batch;
    private readonly TextRow _row;
    private readonly bool _countsFields;

    private TextFile? _file;
    private int _nextFile;
    private string[]? _header;
    private int _fieldLimit;
    private long _total;
    private bool _sawAny;
    private bool _atStart;
    private FieldReader[]? _allReaders;

    internal TextCursor(TextLoader loader, IMultiStreamSource source, ColumnSet columns)
    {
        (_loader, _source) = (loader, source);
        _readers = [.. columns.Indices().Select(index => (index, FieldReader.Create(loader.BoundColumns[index], loader)))];
        _batch = new Batch(columns.Count);
        foreach (var (index, reader) in _readers) _batch[index] = reader.Column;
        _row = new TextRow(loader.AllowSparse, loader.InputSize);
        _countsFields = !loader.AllowSparse && !loader.BoundColumns.Any(column => column.IsVariable);
    }

    public override Batch? Next()
    {
        _loader.Environment.CancellationToken.ThrowIfCancellationRequested();
        foreach (var (_, reader) in _readers) reader.Column.Clear();
        int rows = 0, characters = 0;
        while (rows < Batch.DefaultRowCount && characters < LongestBatch && _total + rows < _loader.MaxRows && MoveToRow())
        {
            _row.Take(_file!);
            foreach (var (index, reader) in _readers)
            {
                int failed = reader.Read(_row);
                if (failed != FieldReader.Done) throw Unparsable(index, failed);
            }
            characters += _file!.Reader.RowLength;
            rows++;
        }
        (_batch.RowCount, _batch.FirstRow) = (rows, _total);
        _total += rows;
        return rows > 0 ? _batch : null;
    }

    private bool MoveToRow()
    {
        while (true)
        {
            if (_file is null && !OpenNext()) return false;
            if (_file!.ReadRow())
            {
                if (_file.Reader.LooksLikeComment && IsComment()) continue;
                _sawAny = true;
                _atStart = false;
                if (_file.Reader.FieldCount > _fieldLimit) CheckExtraFields();
                return true;
            }
            _file.Dispose();
            _file = null;
        }
    }

    private bool OpenNext()
    {
        while (_nextFile < _source.Count)
        {
            _file = TextFile.Open(_source, _nextFile++, _loader.Format);
            _header = _loader.FixedHeader;
            if (_loader.HasHeader)
            {
                if (!_file.ReadHeader(_loader.LeastFields))
                {
                    _file.Dispose();
                    continue;
                }
                _sawAny = true;
                _header ??= _file.ReadCells();
            }
            _atStart = true;
            _fieldLimit = !_countsFields ? int.MaxValue : _loader.InputSize > 0 ? _loader.InputSize : _header?.Length ?? int.MaxValue;
            foreach (var (index, reader) in _readers) reader.Bind(_loader.BoundColumns[index].Resolve(_header, _file.Name));
            return true;
        }
        _file = null;
        if (_source.Count > 0 && !_sawAny) throw TextFileErrors.Empty(_source.GetPathOrNull(0) ?? "the data", _loader.HasHeader);
        return false;
    }

    /// <summary>
    /// Whether the row, which starts like a comment, cannot be anything else. All columns are tried, not only the wanted ones,
    /// so that the rows are the same whatever columns are asked for.
    /// </summary>
    private bool IsComment()
    {
        if (!_atStart && _file!.Reader.StartsWithNumberSign) return false;
        if (_row.Take(_file!) < _loader.LeastFields) return true;
        _allReaders ??= [.. _loader.BoundColumns.Select(column => FieldReader.Create(column, _loader))];
        for (int i = 0; i < _allReaders.Length; i++)
        {
            _allReaders[i].Column.Clear();
            _allReaders[i].Bind(_loader.BoundColumns[i].Resolve(_header, _file!.Name));
            if (_allReaders[i].Read(_row) != FieldReader.Done) return true;
        }
        return false;
    }

    /// <summary>Empty fields at the end of a row are harmless; others have slipped out of their columns.</summary>
    private void CheckExtraFields()
    {
        DelimitedReader row = _file!.Reader;
        for (int i = _fieldLimit; i < row.FieldCount; i++)
            if (!row[i].IsWhiteSpace())
                throw TextFileErrors.TooManyFields(TextFileErrors.Place(_file.Name, row), row.FieldCount, _fieldLimit, _loader.Format.Separators, _loader.Format.Quoting, _header?.Length ?? 0);
    }

    private MLPipelinesException Unparsable(int index, int field)
    {
        BoundColumn column = _loader.BoundColumns[index];
        ReadOnlySpan<char> found = _row[field];
        string name = _header is not null && field < _header.Length && _header[field].Length > 0 ? _header[field]
            : column.Type is VectorDataViewType ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column.Name} (field {field})") : column.Name;
        return TextFileErrors.Unparsable(TextFileErrors.Place(_file!.Name, _file.Reader), name, found, column.ItemType, HintFor(column.ItemType, found));
    }

    private string HintFor(PrimitiveDataViewType type, ReadOnlySpan<char> found)
    {
        bool isReal = type.RawType == typeof(float) || type.RawType == typeof(double);
        char other = _loader.DecimalMark == '.' ? ',' : '.';
        if (isReal && found.Contains(other) && new DoubleParser(other, emptyIsNaN: true).TryParse(found, out _))
            return $"If the {(other == ',' ? "comma" : "point")} is a decimal mark, pass --decimal '{other}' or set DecimalMarker.";
        if (_file!.Reader.Row == 1 && !_loader.HasHeader) return "If the first row is a header, pass --has-header true or set HasHeader.";
        return found.Length > 1 && found[0] == '"' && !_loader.Format.Quoting ? "If fields are in quotes, allow quoting (allowQuoting: true)." : "";
    }

    protected override void Dispose(bool disposing) => _file?.Dispose();
}
