using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.Cli.Input;
using MLPipelines.Data;

namespace MLPipelines.Cli.Train;

/// <summary>A table with a column to predict: what its columns hold, from a look at all rows, and how they are read.</summary>
internal sealed class LabelledTable
{
    private readonly MLContext _context;
    private readonly CommandHost _host;
    private readonly TrainArguments _arguments;
    private readonly DataFile _file;
    private readonly Dictionary<string, DataKind> _kinds;

    private LabelledTable(MLContext context, CommandHost host, TrainArguments arguments, DataFile file, int label, IReadOnlyList<ColumnProfile> scanned, Dictionary<string, DataKind> kinds)
    {
        (_context, _host, _arguments, _file, _kinds) = (context, host, arguments, file, kinds);
        (Label, LabelProfile, Profiles) = (file.Columns[label], scanned[0], [.. scanned.Skip(1)]);
    }

    /// <summary>The name of the column to predict.</summary>
    internal string Label { get; }

    internal ColumnProfile LabelProfile { get; }

    /// <summary>The other columns, but for those that the user left out.</summary>
    internal IReadOnlyList<ColumnProfile> Profiles { get; }

    /// <summary>Looks at a table.</summary>
    /// <param name="context">The context.</param>
    /// <param name="host">Reads files.</param>
    /// <param name="arguments">What the user said of it.</param>
    /// <param name="label">What the user called the column to predict.</param>
    /// <param name="named">Other columns that the user named.</param>
    /// <param name="labelKind">How the label is read.</param>
    /// <param name="kindOf">How a column is read that holds this.</param>
    internal static LabelledTable Open(MLContext context, CommandHost host, TrainArguments arguments, Func<DataFile, string> label, IReadOnlyCollection<string> named, DataKind labelKind, Func<ColumnProfile, DataKind> kindOf)
    {
        DataFile file = DataFile.Open(arguments.Dataset, arguments.Format, host, named);
        int index = file.IndexOf(label(file), "--label-col");
        int[] ignored = [.. arguments.IgnoredColumns.Select(name => file.IndexOf(name, "--ignore-cols"))];
        if (Array.IndexOf(ignored, index) >= 0) throw new UsageException($"--ignore-cols: '{file.Columns[index]}' is the label, which cannot be left out.");
        if (labelKind == DataKind.Single) CheckLabelLooks(file, index);
        int[] features = [.. Enumerable.Range(0, file.Columns.Count).Where(i => i != index && Array.IndexOf(ignored, i) < 0)];
        BatchView table = BatchView.Of(file.Load(context, [.. features.Prepend(index).Select(i => file.Column(i, DataKind.String))]));
        ColumnProfile[] scanned = TableScan.Read(table, table.Schema, file.DecimalMark);
        if (scanned[0].Rows == 0) throw new MLPipelinesException($"{file.Name} has a header and no rows.");
        // Files with the same columns are read alike.
        var kinds = scanned.Skip(1).ToDictionary(profile => profile.Name, kindOf);
        kinds[file.Columns[index]] = labelKind;
        return new LabelledTable(context, host, arguments, file, index, scanned, kinds);
    }

    /// <summary>The name of a column that the user named by its header or by its index.</summary>
    internal string NameOf(string column, string option) => _file.Columns[_file.IndexOf(column, option)];

    /// <summary>The rows, of some columns and the label.</summary>
    internal IDataView Read(IEnumerable<string> columns) => Read(_file, columns, "--dataset");

    /// <summary>Rows of another file with the same columns.</summary>
    internal IDataView ReadOther(string path, IReadOnlyList<string> columns, string option) =>
        Read(DataFile.Open(path, _arguments.Format with { DecimalMark = _arguments.Format.DecimalMark ?? _file.DecimalMark }, _host, [.. columns, Label]), columns, option);

    private IDataView Read(DataFile file, IEnumerable<string> columns, string option)
    {
        // Read once; from then on they are in memory.
        IDataView view = file.Load(_context, [.. columns.Append(Label).Select(name => file.Column(file.IndexOf(name, option), _kinds[name], name))]);
        IDataView cached = _context.Data.Cache(view, [.. view.Schema.Select(column => column.Name)]);
        using BatchCursor cursor = BatchView.Of(cached).OpenBatches(ColumnSet.All(cached.Schema));
        return cached;
    }

    private static void CheckLabelLooks(DataFile file, int label)
    {
        string[] cells = [.. file.Sample.Where(row => label < row.Length && row[label].Length > 0).Select(row => row[label])];
        if (cells.Length == 0 || cells.Any(cell => double.TryParse(cell.Replace(file.DecimalMark, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))) return;
        throw new UsageException($"--label-col: column '{file.Columns[label]}' of {file.Name} holds '{cells[0]}', not numbers. 'mlp train classification' predicts labels.");
    }
}
