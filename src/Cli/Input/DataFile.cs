using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Cli.Input;

/// <summary>A delimited text file, what is known of its layout, and what its columns are called.</summary>
internal sealed class DataFile
{
    private DataFile(IMultiStreamSource source, string name, FileLayout layout, InputFormat format)
    {
        (Source, Name, Layout, Format) = (source, name, layout, format);
        Columns = layout.HasHeader ? Distinct(layout.Rows[0]) : [.. Enumerable.Range(0, layout.Rows.Max(row => row.Length)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }

    internal IMultiStreamSource Source { get; }

    /// <summary>What the user called it.</summary>
    internal string Name { get; }

    internal FileLayout Layout { get; }

    internal InputFormat Format { get; }

    /// <summary>The names of the columns: those of the header, or 0, 1, 2 and so on.</summary>
    internal IReadOnlyList<string> Columns { get; }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">A path, or - for standard input.</param>
    /// <param name="format">What the user said of its layout.</param>
    /// <param name="host">Gives standard input.</param>
    /// <param name="expectedColumns">Names that a header is known to have.</param>
    internal static DataFile Open(string path, InputFormat format, CommandHost host, params IReadOnlyCollection<string> expectedColumns)
    {
        IMultiStreamSource source = path == "-" ? new StandardInputSource(host.OpenInput()) : new MultiFileSource(path);
        string name = path == "-" ? "standard input" : path;
        return new DataFile(source, name, FileLayout.Of(source, name, format, expectedColumns), format);
    }

    /// <summary>The index of a column that the user named by its header or by its index.</summary>
    /// <param name="column">What the user wrote.</param>
    /// <param name="option">The option that it was written for.</param>
    internal int IndexOf(string column, string option) => Find(column) ?? throw new UsageException(
        $"{option}: {Name} has no column '{column}'.{NearNames.Hint(column, Columns)} {Listing()}");

    internal int? Find(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i] == column) return i;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Columns.Count ? index : null;
    }

    /// <summary>What columns there are, in words.</summary>
    internal string Listing() => (Layout.HasHeader ? "Its columns are: " : "It has no header row, so its columns are named by index: ")
        + string.Join(", ", Columns.Take(50)) + (Columns.Count > 50 ? string.Create(CultureInfo.InvariantCulture, $" and {Columns.Count - 50} more.") : ".");

    /// <summary>A view of columns of the file; nothing is read until rows are asked for.</summary>
    internal IDataView Load(MLContext context, params IEnumerable<TextLoader.Column> columns)
    {
        var loader = new TextLoader(context.Environment, Options([.. columns]));
        if (Source is StandardInputSource input) input.IsLastReading = true;
        return loader.Load(Source);
    }

    internal TextLoader.Options Options(TextLoader.Column[] columns) => new()
    {
        Columns = columns,
        Separators = [Layout.Separator],
        HasHeader = Layout.HasHeader,
        AllowQuoting = Format.Quoting,
        DecimalMarker = Layout.DecimalMark,
        MissingRealsAsNaNs = true,
        InputSize = Columns.Count,
    };

    internal TextLoader.Column Column(int index, DataKind kind, string? name = null) => new(name ?? Columns[index], kind, index);

    /// <summary>Names that come again get a number, so that each column can be meant; a column without a name has its index for one.</summary>
    private static string[] Distinct(string[] cells)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string[] names = new string[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            string name = cells[i].Length > 0 ? cells[i] : i.ToString(CultureInfo.InvariantCulture);
            for (int copy = 1; !taken.Add(names[i] = copy == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{copy}")); copy++) { }
        }
        return names;
    }
}
