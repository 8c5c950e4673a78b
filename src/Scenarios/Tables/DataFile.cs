using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.Tables;

/// <summary>A delimited text file: its layout, what its columns are called, and its first rows.</summary>
internal sealed class DataFile
{
    // Enough to see how a file is laid out; the values of all rows are looked at where they matter.
    private const int SampleBytes = 1 << 17, SampleRows = 300;

    private readonly InferredTextFile _layout;

    private DataFile(IMultiStreamSource source, string name, InferredTextFile layout)
    {
        (Source, Name, _layout) = (source, name, layout);
        Columns = [.. layout.Columns.Select(column => column.Name)];
        (FirstRow, Sample) = ReadSample(source, layout);
    }

    internal IMultiStreamSource Source { get; }

    /// <summary>What the user called it.</summary>
    internal string Name { get; }

    /// <summary>The names of the columns: those of the header, or Column0, Column1 and so on.</summary>
    internal IReadOnlyList<string> Columns { get; }

    internal char Separator => _layout.Separator;

    internal bool HasHeader => _layout.HasHeader;

    internal char DecimalMark => _layout.DecimalMark;

    /// <summary>The first row as it stands in the file: the header where there is one.</summary>
    internal string FirstRow { get; }

    /// <summary>The cells of the first rows below the header.</summary>
    internal IReadOnlyList<string[]> Sample { get; }

    /// <summary>Looks at a file.</summary>
    /// <param name="source">Where its bytes come from.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="format">What is known of its layout.</param>
    /// <param name="expectedColumns">Names that a header is known to have.</param>
    internal static DataFile Open(IMultiStreamSource source, string name, InputFormat format, params IReadOnlyCollection<string> expectedColumns)
    {
        var known = new TextFileInferenceOptions
        {
            Separator = format.Separator,
            HasHeader = format.HasHeader,
            AllowQuoting = format.Quoting,
            DecimalMark = format.DecimalMark,
            SampleBytes = SampleBytes,
            SampleRows = SampleRows,
        };
        InferredTextFile layout = TextFileInference.Infer(source, known);
        var file = new DataFile(source, name, layout);
        if (layout.HasHeader || format.HasHeader is not null || file.Sample.Count == 0) return file;
        // A name that is known to be one settles what the look of the rows did not.
        bool named = file.Sample[0].Any(expectedColumns.Contains);
        return named ? new DataFile(source, name, TextFileInference.Infer(source, known with { HasHeader = true })) : file;
    }

    /// <summary>What a model or an experiment is called that learns a column of a file or folder.</summary>
    internal static string NameWith(string dataset, string label)
    {
        string data = Path.GetFileName(Path.TrimEndingDirectorySeparator(dataset)).Split('.')[0];
        return new([.. $"{data}-{label}".Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')]);
    }

    /// <summary>The index of a column that the user named by its header or by its index.</summary>
    /// <param name="column">What the user wrote.</param>
    /// <param name="option">The option that it was written for.</param>
    internal int IndexOf(string column, string option) => Find(column) ?? throw new MLPipelinesException(
        $"{option}: {Name} has no column '{column}'.{NearNames.Hint(column, Columns)} {Listing()}");

    internal int? Find(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i] == column) return i;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Columns.Count ? index : null;
    }

    /// <summary>What columns there are, in words.</summary>
    internal string Listing() => (HasHeader ? "Its columns are: " : "It has no header row (--has-header true says otherwise); its columns are: ")
        + string.Join(", ", Columns.Take(50)) + (Columns.Count > 50 ? string.Create(CultureInfo.InvariantCulture, $" and {Columns.Count - 50} more.") : ".");

    /// <summary>A view of columns of the file; nothing is read until rows are asked for.</summary>
    internal IDataView Load(MLContext context, params IEnumerable<TextLoader.Column> columns)
    {
        TextLoader.Options options = _layout.ToOptions([]);
        options.Columns = [.. columns];
        // Without a header nothing else says how many fields a row has.
        if (!HasHeader) options.InputSize = Columns.Count;
        var loader = new TextLoader(context.Environment, options);
        if (Source is StreamSource input) input.IsLastReading = true;
        return loader.Load(Source);
    }

    internal TextLoader.Column Column(int index, DataKind kind, string? name = null) => new(name ?? Columns[index], kind, index);

    /// <summary>A column that holds each row as it stands in the file.</summary>
    internal TextLoader.Column RawColumn(string name) => new() { Name = name, DataKind = DataKind.String, RawFieldCount = Columns.Count };

    private static (string FirstRow, List<string[]> Sample) ReadSample(IMultiStreamSource source, InferredTextFile layout)
    {
        string first = "";
        List<string[]> sample = [];
        int characters = 0;
        using TextFile file = TextFile.Open(source, 0, new TextFormat(layout.Separator.ToString(), layout.AllowQuoting));
        for (int row = 0; row <= SampleRows && characters < SampleBytes && file.ReadRow(); row++)
        {
            if (row == 0) first = file.Reader.RawFields(layout.Columns.Count).ToString();
            characters += file.Reader.RowLength;
            if (row > 0 || !layout.HasHeader) sample.Add(file.ReadCells());
        }
        return (first, sample);
    }
}
