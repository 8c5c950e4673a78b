using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Which columns of a table a prediction is made from, and how.</summary>
/// <param name="Numbers">Columns of numbers or truth values; missing numbers are filled in.</param>
/// <param name="Categories">Columns of text with few different values: one feature per value.</param>
/// <param name="Texts">Columns of written text: n-grams.</param>
/// <param name="Ignored">Columns that are left out.</param>
public sealed record TabularColumns(
    IReadOnlyList<string> Numbers, IReadOnlyList<string> Categories, IReadOnlyList<string> Texts, IReadOnlyList<IgnoredColumn> Ignored)
{
    /// <summary>Columns of dates or times: year, month, day, day of the week, hour and the days since 1970 are made of them.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>All columns that are used.</summary>
    public IReadOnlyList<string> Used => [.. Numbers, .. Categories, .. Texts, .. Dates];

    /// <summary>Looks at the columns of a view: text columns by their values, the others by their types.</summary>
    /// <param name="data">The rows; they are read once when there are text columns.</param>
    /// <param name="labelColumn">The column that is not a feature.</param>
    public static TabularColumns Infer(IDataView data, string labelColumn)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema schema = data.Schema;
        var roles = new List<(string, ColumnRole, string?)>();
        DataViewSchema.Column[] textColumns = [.. schema.Where(c => !c.IsHidden && c.Name != labelColumn && c.Type is TextDataViewType)];
        // Numbers that a view has as text stay categories or texts: whoever made the view said that they are no numbers.
        Dictionary<string, ColumnRole> texts = TableScan.Read(BatchView.Of(data), textColumns)
            .ToDictionary(p => p.Name, p => p.Role() is ColumnRole.Number or ColumnRole.TruthValue or ColumnRole.Date ? ColumnRole.Category : p.Role());
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.IsHidden || column.Name == labelColumn) continue;
            roles.Add(column.Type switch
            {
                TextDataViewType => (column.Name, texts[column.Name], null),
                NumberDataViewType => (column.Name, ColumnRole.Number, null),
                BooleanDataViewType => (column.Name, ColumnRole.TruthValue, null),
                KeyDataViewType => (column.Name, ColumnRole.Category, null),
                DateTimeDataViewType or DateTimeOffsetDataViewType => (column.Name, ColumnRole.Date, null),
                _ => (column.Name, ColumnRole.ManyValues, $"its type {column.Type} is not used"),
            });
        }
        return Of(roles);
    }

    /// <summary>Sorts columns by their roles.</summary>
    internal static TabularColumns Of(IEnumerable<(string Name, ColumnRole Role, string? Reason)> columns)
    {
        List<string> numbers = [], categories = [], texts = [], dates = [];
        List<IgnoredColumn> ignored = [];
        foreach (var (name, role, reason) in columns)
        {
            if (reason is not null) ignored.Add(new(name, reason));
            else if (role is ColumnRole.Number or ColumnRole.TruthValue) numbers.Add(name);
            else if (role is ColumnRole.Category) categories.Add(name);
            else if (role is ColumnRole.Text) texts.Add(name);
            else if (role is ColumnRole.Date) dates.Add(name);
            else ignored.Add(new(name, ReasonFor(role)));
        }
        return new TabularColumns(numbers, categories, texts, ignored) { Dates = dates };
    }

    /// <summary>Why a column of a role is left out.</summary>
    internal static string ReasonFor(ColumnRole role) => role switch
    {
        ColumnRole.Identifier => "it names rows",
        ColumnRole.ManyValues => "it has many different short values",
        ColumnRole.Constant => "it has the same value in every row",
        _ => "it has no value in any row",
    };
}

/// <summary>A column that is left out, and why.</summary>
public sealed record IgnoredColumn(string Name, string Reason);
