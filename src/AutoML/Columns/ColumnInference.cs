using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>
/// Finds out what the columns of a file are: its layout from its start, as everywhere, and what each column is good for from
/// all rows.
/// </summary>
internal sealed class ColumnInference
{
    private readonly MLContext _context;
    private readonly MultiFileSource _source;
    private readonly TextFileInferenceOptions _known;
    private readonly string _path;
    private readonly bool _allowSparse, _trimWhitespace;

    internal ColumnInference(MLContext context, string path, TextFileInferenceOptions known, bool allowSparse, bool trimWhitespace)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_context, _path, _known, _allowSparse, _trimWhitespace) = (context, path, known, allowSparse, trimWhitespace);
        _source = new MultiFileSource(path);
    }

    internal ColumnInferenceResults Infer(ColumnInformation given, bool groupsColumns)
    {
        Dictionary<string, ColumnPurpose> named = ColumnPurposes.Named(given);
        InferredTextFile layout = TextFileInference.Infer(_source, _known);
        if (!layout.HasHeader && !Has(layout, given.LabelColumnName))
        {
            // A name that is known to be one settles what the look of the rows did not.
            InferredTextFile withHeader = TextFileInference.Infer(_source, _known with { HasHeader = true });
            if (Has(withHeader, given.LabelColumnName)) layout = withHeader;
        }
        foreach (string name in named.Keys)
        {
            if (Has(layout, name)) continue;
            string listing = string.Join(", ", layout.Columns.Take(50).Select(column => column.Name)) + (layout.Columns.Count > 50 ? ", …" : "");
            throw new ArgumentException($"{_path} has no column '{name}'. {(layout.HasHeader ? "Its columns are" : "It has no header row; its columns are")}: {listing}.", nameof(given));
        }
        return Infer(layout, named, groupsColumns);
    }

    internal ColumnInferenceResults Infer(uint labelIndex, bool groupsColumns)
    {
        InferredTextFile layout = TextFileInference.Infer(_source, _known);
        if (labelIndex >= layout.Columns.Count)
            throw new ArgumentOutOfRangeException(nameof(labelIndex), labelIndex, string.Create(CultureInfo.InvariantCulture, $"{_path} has {layout.Columns.Count} columns."));
        if (!layout.HasHeader)
            layout = layout with { Columns = [.. layout.Columns.Select(column => column.Index == labelIndex ? column with { Name = "Label" } : column)] };
        return Infer(layout, new(StringComparer.Ordinal) { [layout.Columns[(int)labelIndex].Name] = ColumnPurpose.Label }, groupsColumns);
    }

    private static bool Has(InferredTextFile layout, string name) => layout.Columns.Any(column => column.Name == name);

    private ColumnInferenceResults Infer(InferredTextFile layout, Dictionary<string, ColumnPurpose> named, bool groupsColumns)
    {
        TextLoader.Options options = layout.ToOptions([]);
        (options.AllowSparse, options.TrimWhitespace) = (_allowSparse, _trimWhitespace);
        options.Columns = [.. layout.Columns.Select(column => new TextLoader.Column(column.Name, DataKind.String, column.Index))];
        BatchView table = BatchView.Of(new TextLoader(_context.Environment, options).Load(_source));
        ColumnProfile[] profiles = TableScan.Read(table, table.Schema, layout.DecimalMark);
        if (profiles[0].Rows == 0) throw new MLPipelinesException($"{_path} has a header and no rows.");

        AutoMLTask task = default;
        var columns = new List<(ColumnFinding Finding, ColumnPurpose Purpose)>();
        foreach (var (column, profile) in layout.Columns.Zip(profiles))
        {
            ColumnPurpose purpose = named.TryGetValue(column.Name, out ColumnPurpose known) ? known : PurposeOf(profile);
            if (purpose == ColumnPurpose.Label) task = TaskOf(profile, named.ContainsValue(ColumnPurpose.GroupId));
            columns.Add((FindingOf(column, profile, purpose, isNamed: named.ContainsKey(column.Name)), purpose));
        }
        var grouping = new ColumnGrouping(columns, groupsColumns, layout);
        options.Columns = [.. grouping.Columns];
        return new ColumnInferenceResults(Describe(layout, profiles[0].Rows), [.. columns.Select(column => column.Finding)])
        {
            TextLoaderOptions = options,
            ColumnInformation = ColumnPurposes.ToInformation(grouping.Purposes),
            Task = task,
        };
    }

    private static ColumnPurpose PurposeOf(ColumnProfile profile) => profile.MixedReason() is not null ? ColumnPurpose.Ignored : profile.Role() switch
    {
        ColumnRole.Number or ColumnRole.TruthValue => ColumnPurpose.Number,
        ColumnRole.Category => ColumnPurpose.Category,
        ColumnRole.Text => ColumnPurpose.Text,
        ColumnRole.Date => ColumnPurpose.Date,
        _ => ColumnPurpose.Ignored,
    };

    private ColumnFinding FindingOf(InferredColumn column, ColumnProfile profile, ColumnPurpose purpose, bool isNamed)
    {
        ColumnRole role = profile.Role();
        if (purpose is ColumnPurpose.Number or ColumnPurpose.ExampleWeight && !profile.IsNumeric && role is not (ColumnRole.TruthValue or ColumnRole.Empty))
            throw new MLPipelinesException($"{_path}, column '{column.Name}': found '{profile.FirstWord}', expected numbers as the column information says.");
        if (purpose == ColumnPurpose.Date && role is not (ColumnRole.Date or ColumnRole.Empty))
            throw new MLPipelinesException($"{_path}, column '{column.Name}': found '{profile.Values.First()}', expected dates such as 2024-03-31 as the column information says.");
        return new ColumnFinding(column.Name, column.Index, KindOf(profile, purpose), role)
        {
            Use = purpose switch
            {
                ColumnPurpose.Number when role == ColumnRole.TruthValue => "truth value",
                ColumnPurpose.ImagePath => "image path",
                ColumnPurpose.UserId => "user id",
                ColumnPurpose.ItemId => "item id",
                ColumnPurpose.GroupId => "group id",
                ColumnPurpose.ExampleWeight => "weight",
                ColumnPurpose.SamplingKey => "sampling key",
                _ => purpose.ToString().ToLowerInvariant(),
            },
            Distinct = profile.Distinct,
            IsDistinctExact = profile.IsDistinctExact,
            Missing = profile.Missing,
            Reason = purpose != ColumnPurpose.Ignored ? null : isNamed ? "as asked" : profile.MixedReason() ?? TabularColumns.ReasonFor(role),
            Examples = [.. profile.Values.Take(3).Select(value => value.Length > 20 ? string.Concat(value.AsSpan(0, 19), "…") : value)],
        };
    }

    private static DataKind KindOf(ColumnProfile profile, ColumnPurpose purpose) => purpose switch
    {
        ColumnPurpose.Label => profile.IsTruth ? DataKind.Boolean : profile.IsNumeric ? DataKind.Single : DataKind.String,
        ColumnPurpose.Number or ColumnPurpose.ExampleWeight => profile.Role() == ColumnRole.TruthValue ? DataKind.Boolean : DataKind.Single,
        ColumnPurpose.Category or ColumnPurpose.UserId or ColumnPurpose.ItemId or ColumnPurpose.GroupId or ColumnPurpose.SamplingKey => profile.IsNumeric && !profile.LosesDigits ? DataKind.Single : DataKind.String,
        ColumnPurpose.Date => DataKind.DateTime,
        _ => DataKind.String,
    };

    /// <summary>A guess: numbers of more than a few values, or with decimals, are predicted as numbers.</summary>
    private static AutoMLTask TaskOf(ColumnProfile label, bool hasGroups)
    {
        const int MostClasses = 10;
        if (hasGroups) return AutoMLTask.Ranking;
        return label.IsNumeric && (label.Distinct > MostClasses || !label.IsWhole) && label.Distinct > 2 ? AutoMLTask.Regression : AutoMLTask.Classification;
    }

    private string Describe(InferredTextFile layout, long rows)
    {
        string separator = layout.Separator switch { '\t' => "tab", ' ' => "space", char c => $"'{c}'" };
        return string.Create(CultureInfo.InvariantCulture,
            $"{_path}: {rows:N0} row{(rows == 1 ? "" : "s")}, separator {separator}, {(layout.HasHeader ? "header" : "no header")}, {(layout.AllowQuoting ? "quotes" : "no quotes")}, decimal mark '{layout.DecimalMark}'");
    }
}
