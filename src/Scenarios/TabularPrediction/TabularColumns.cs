using MLPipelines.Data;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>Which columns of a table a prediction is made from, and how.</summary>
/// <param name="Numbers">Columns of numbers or truth values; missing numbers are filled in.</param>
/// <param name="Categories">Columns of text with few different values: one feature per value.</param>
/// <param name="Texts">Columns of written text: n-grams.</param>
/// <param name="Ignored">Columns that are left out.</param>
public sealed record TabularColumns(
    IReadOnlyList<string> Numbers, IReadOnlyList<string> Categories, IReadOnlyList<string> Texts, IReadOnlyList<IgnoredColumn> Ignored)
{
    /// <summary>All columns that are used.</summary>
    public IReadOnlyList<string> Used => [.. Numbers, .. Categories, .. Texts];

    /// <summary>Looks at the columns of a view: text columns by their values, the others by their types.</summary>
    /// <param name="data">The rows; they are read once when there are text columns.</param>
    /// <param name="labelColumn">The column that is not a feature.</param>
    public static TabularColumns Infer(IDataView data, string labelColumn)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema schema = data.Schema;
        var roles = new List<(string, ColumnRole, string?)>();
        Dictionary<string, ColumnRole> texts = ProfileTexts(BatchView.Of(data), labelColumn);
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.IsHidden || column.Name == labelColumn) continue;
            roles.Add(column.Type switch
            {
                TextDataViewType => (column.Name, texts[column.Name], null),
                NumberDataViewType => (column.Name, ColumnRole.Number, null),
                BooleanDataViewType => (column.Name, ColumnRole.TruthValue, null),
                KeyDataViewType => (column.Name, ColumnRole.Category, null),
                DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => (column.Name, ColumnRole.Date, null),
                _ => (column.Name, ColumnRole.ManyValues, $"its type {column.Type} is not used"),
            });
        }
        return Of(roles);
    }

    /// <summary>Sorts columns by their roles.</summary>
    internal static TabularColumns Of(IEnumerable<(string Name, ColumnRole Role, string? Reason)> columns)
    {
        List<string> numbers = [], categories = [], texts = [];
        List<IgnoredColumn> ignored = [];
        foreach (var (name, role, reason) in columns)
        {
            if (reason is not null) ignored.Add(new(name, reason));
            else if (role is ColumnRole.Number or ColumnRole.TruthValue) numbers.Add(name);
            else if (role is ColumnRole.Category) categories.Add(name);
            else if (role is ColumnRole.Text) texts.Add(name);
            else ignored.Add(new(name, ReasonFor(role)));
        }
        return new TabularColumns(numbers, categories, texts, ignored);
    }

    internal static string ReasonFor(ColumnRole role) => role switch
    {
        ColumnRole.Date => "dates are not used yet",
        ColumnRole.Identifier => "it names rows",
        ColumnRole.ManyValues => "it has many different short values",
        ColumnRole.Constant => "it has the same value in every row",
        _ => "it has no value in any row",
    };

    private static Dictionary<string, ColumnRole> ProfileTexts(BatchView view, string labelColumn)
    {
        DataViewSchema.Column[] texts = [.. view.Schema.Where(c => !c.IsHidden && c.Name != labelColumn && c.Type is TextDataViewType)];
        if (texts.Length == 0) return [];
        ColumnProfile[] profiles = [.. texts.Select(c => new ColumnProfile(c.Name))];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, texts));
        while (cursor.Next() is { } batch)
        {
            for (int i = 0; i < texts.Length; i++)
            {
                var column = (TextColumn)batch[texts[i].Index];
                for (int row = 0; row < column.RowCount; row++) profiles[i].Add(column[row]);
            }
        }
        // Numbers that a view has as text stay categories or texts: whoever made the view said that they are no numbers.
        return profiles.ToDictionary(p => p.Name, p => p.Role() is ColumnRole.Number or ColumnRole.TruthValue ? ColumnRole.Category : p.Role());
    }
}

/// <summary>A column that is left out, and why.</summary>
public sealed record IgnoredColumn(string Name, string Reason);
