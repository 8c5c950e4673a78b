namespace MLPipelines.Data;

/// <summary>
/// Loads delimited text: CSV, TSV and the like, plain or gzip, UTF-8 or (by its byte-order mark) UTF-16, from any number of
/// files, in one pass and in constant memory. Only the columns that are asked for are parsed.
/// <para>
/// Missing values: an empty field, or one that a row is too short for, is empty text, 0 in a number column (NaN with
/// <see cref="Options.MissingRealsAsNaNs"/>), false, the missing key, or the zero of a time. <c>?</c>, <c>NA</c>,
/// <c>N/A</c>, <c>NaN</c>, <c>null</c> and <c>none</c>, in any case, are NaN in floating-point columns and the missing key in
/// key columns. Lines without any character are skipped. Spaces before a field are not part of it unless it is quoted.
/// </para>
/// <para>
/// Errors are <see cref="MLPipelinesException"/> and name the file, the row and the column: a field that is not of its
/// column's type (ML.NET reads such numbers as NaN), text after a closing quote or a quote that is never closed (ML.NET reads
/// such fields as empty), a row with more fields than the header, bytes that are not UTF-8, a file without any row.
/// </para>
/// <para>
/// Comments: a line that starts with <c>//</c>, or before the first row with <c>#</c>, is left out when it cannot be a row,
/// because it has too few fields for the columns or a field that is not of its column's type. ML.NET leaves out all of them,
/// texts of your data included.
/// </para>
/// </summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly DataViewSchema _schema;

    internal TextLoader(TrainingEnvironment environment, Options? options = null, IMultiStreamSource? dataSample = null)
    {
        options ??= new Options();
        if (options.Columns is not { Length: > 0 } && dataSample is not null) options = SchemaComment.Read(dataSample, options) ?? options;
        Environment = environment;
        Format = FormatOf(options);
        HasHeader = options.HasHeader;
        AllowSparse = options.AllowSparse;
        InputSize = options.InputSize ?? 0;
        MaxRows = options.MaxRows ?? long.MaxValue;
        DecimalMark = options.DecimalMarker;
        EmptyIsNaN = options.MissingRealsAsNaNs;
        ArgumentOutOfRangeException.ThrowIfNegative(InputSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRows, nameof(options));

        Column[] columns = options.Columns is { Length: > 0 } given ? given
            : [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, max: null)])];
        int named = columns.SelectMany(column => column.SourceNames ?? []).Distinct(StringComparer.Ordinal).Count();
        LeastFields = Math.Max(named, columns.Max(column => column.Source is { Length: > 0 } source ? source.Max(range => (range.Max ?? range.Min) + 1) : 0));
        if (!string.IsNullOrWhiteSpace(options.HeaderFile))
            FixedHeader = TextSample.Read(this, new MultiFileSource(options.HeaderFile), rows: 1).FirstRow;
        bool needsWidth = InputSize == 0 && Array.Exists(columns, column => Array.Exists(column.Source ?? [], range => range.Max is null && range.AutoEnd));
        int rows = needsWidth ? 100 : HasHeader && FixedHeader is null ? 1 : 0;
        TextSample sample = dataSample is { Count: > 0 } && rows > 0 ? TextSample.Read(this, dataSample, rows) : TextSample.None;
        Header = FixedHeader ?? (HasHeader ? sample.FirstRow : null);
        BoundColumns = ColumnBinder.Bind(columns, this, sample);
        if (Header is not null)
            foreach (BoundColumn column in BoundColumns) column.Resolve(Header, sample.Name);
        _schema = ColumnBinder.ToSchema(BoundColumns, Header);
    }

    internal TrainingEnvironment Environment { get; }

    internal TextFormat Format { get; }

    internal bool HasHeader { get; }

    internal bool AllowSparse { get; }

    internal int InputSize { get; }

    internal long MaxRows { get; }

    internal char DecimalMark { get; }

    internal bool EmptyIsNaN { get; }

    /// <summary>How many fields a row has at least when it has all that the columns are read from.</summary>
    internal int LeastFields { get; }

    /// <summary>The names of the fields from a file of their own, which then hold for every file.</summary>
    internal string[]? FixedHeader { get; }

    /// <summary>The names of the fields where the loader knows them.</summary>
    internal string[]? Header { get; }

    internal IReadOnlyList<BoundColumn> BoundColumns { get; }

    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>A view of the rows; nothing but a header is read until rows are asked for.</summary>
    /// <exception cref="MLPipelinesException">Columns are read by name, and the first file's header lacks one of them.</exception>
    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // Streams may be there to be opened once only; files can be looked at before.
        if (Header is null && source is MultiFileSource { Count: > 0 } && BoundColumns.Any(column => column.Names is not null))
        {
            TextSample sample = TextSample.Read(this, source, rows: 1);
            if (sample.FirstRow is null) throw TextFileErrors.Empty(sample.Name, header: true);
            foreach (BoundColumn column in BoundColumns) column.Resolve(sample.FirstRow, sample.Name);
        }
        return new TextView(this, source);
    }

    private static TextFormat FormatOf(Options options)
    {
        string separators = string.Concat((options.Separators ?? []).Distinct());
        if (separators.Length == 0) throw new ArgumentException("A text file needs at least one separator.", nameof(options));
        foreach (char c in separators)
            if (c is '\0' or '\r' or '\n' or '"' || char.IsAsciiDigit(c) || char.IsSurrogate(c))
                throw new ArgumentException($"{TextFileErrors.Shown([c])} cannot separate fields.", nameof(options));
        if (options.AllowSparse && separators.Contains(':'))
            throw new ArgumentException("A colon cannot separate fields where rows may be sparse: it stands between index and value there.", nameof(options));
        if (options.DecimalMarker is not ('.' or ','))
            throw new ArgumentException($"The decimal mark is '.' or ','; found '{options.DecimalMarker}'.", nameof(options));
        if (options.DecimalMarker == ',' && separators.Contains(',') && !options.AllowQuoting)
            throw new ArgumentException("A comma cannot be both separator and decimal mark unless quoting is allowed.", nameof(options));
        if (separators.Contains(options.EscapeChar))
            throw new ArgumentException($"'{options.EscapeChar}' cannot be both separator and escape character.", nameof(options));
        return new TextFormat(separators, options.AllowQuoting, options.EscapeChar, options.TrimWhitespace, options.BlockSize);
    }
}
