using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Which columns of a view become features, and as what.</summary>
internal sealed class FeatureColumns
{
    /// <summary>With more categories than this, hashing them is an alternative.</summary>
    private const int ManyCategories = 64;

    private FeatureColumns(DataViewSchema schema) => Schema = schema;

    public DataViewSchema Schema { get; }

    public List<string> Numbers { get; } = [];

    public List<string> Categories { get; } = [];

    public List<string> Texts { get; } = [];

    public List<string> Dates { get; } = [];

    /// <summary>Those of the numbers that are missing in some row.</summary>
    public IReadOnlyList<string> WithMissing { get; private set; } = [];

    public bool HasManyCategories { get; private set; }

    /// <summary>The label, where it is a key: then n-grams can be weighted by what they say of it.</summary>
    public string? KeyLabel { get; private set; }

    /// <summary>Columns that are named are used as named; the others by their types, and those of text by their values. Identifiers and constants are left out.</summary>
    /// <param name="data">The rows; read once or twice.</param>
    /// <param name="information">What the user says of columns.</param>
    /// <exception cref="MLPipelinesException">A named column is absent, has no fitting type, or nothing is left.</exception>
    public static FeatureColumns Of(IDataView data, ColumnInformation information)
    {
        var columns = new FeatureColumns(data.Schema);
        string?[] apart = [information.LabelColumnName, information.ExampleWeightColumnName, information.GroupIdColumnName, information.UserIdColumnName,
            information.ItemIdColumnName, information.SamplingKeyColumnName, .. information.IgnoredColumnNames];
        if (information.ImagePathColumnNames.FirstOrDefault() is { } image)
            throw new MLPipelinesException($"Featurizer: column '{image}' holds paths of images, which it makes no features of; put an estimator for them before the trainers and name the column in the ignored ones.");
        columns.Take(information.NumericColumnNames, columns.Numbers, "a number, truth value, or a vector of numbers", IsNumeric);
        columns.Take(information.CategoricalColumnNames, columns.Categories, "a category: text, a number, a key, or a vector of text", type => type is not VectorDataViewType vector || vector.ItemType is TextDataViewType or KeyDataViewType);
        columns.Take(information.TextColumnNames, columns.Texts, "text", type => type is TextDataViewType);
        columns.Take(information.DateColumnNames, columns.Dates, "a date or time", type => type is DateTimeDataViewType or DateTimeOffsetDataViewType);
        HashSet<string> done = [.. apart.OfType<string>(), .. columns.All];
        columns.Infer(data, done);
        if (!columns.All.Any()) throw new MLPipelinesException($"Featurizer: of the columns {string.Join(", ", data.Schema.Select(column => column.Name))} none is left to make features of.");
        columns.WithMissing = NumberScan.WithMissing(data, [.. columns.Numbers.Select(name => data.Schema[name])]);
        if (data.Schema.GetColumnOrNull(information.LabelColumnName) is { Type: KeyDataViewType }) columns.KeyLabel = information.LabelColumnName;
        return columns;
    }

    private IEnumerable<string> All => Numbers.Concat(Categories).Concat(Texts).Concat(Dates);

    private static bool IsNumeric(DataViewType type) => type is BooleanDataViewType or NumberDataViewType
        || type is VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType or BooleanDataViewType };

    private void Take(IEnumerable<string> names, List<string> into, string expected, Func<DataViewType, bool> fits)
    {
        foreach (string name in names)
        {
            DataViewSchema.Column column = Schema.GetColumnOrNull(name)
                ?? throw new MLPipelinesException($"Featurizer: there is no column '{name}'; the columns are {string.Join(", ", Schema.Select(other => other.Name))}.");
            if (!fits(column.Type)) throw new MLPipelinesException($"Featurizer: column '{name}' is {column.Type}; expected {expected}.");
            into.Add(name);
        }
    }

    private void Infer(IDataView data, HashSet<string> done)
    {
        DataViewSchema.Column[] rest = [.. Schema.Where(column => !column.IsHidden && !done.Contains(column.Name))];
        DataViewSchema.Column[] texts = [.. rest.Where(column => column.Type is TextDataViewType)];
        Dictionary<int, ColumnProfile> profiles = TableScan.Read(BatchView.Of(data), texts).Zip(texts).ToDictionary(pair => pair.Second.Index, pair => pair.First);
        HashSet<string> useless = [.. NumberScan.Useless(data, [.. rest.Where(column => column.Type is NumberDataViewType)])];
        foreach (DataViewSchema.Column column in rest)
        {
            if (useless.Contains(column.Name)) continue;
            ColumnRole role = column.Type switch
            {
                TextDataViewType => profiles[column.Index].Role(),
                KeyDataViewType or VectorDataViewType { ItemType: TextDataViewType or KeyDataViewType } => ColumnRole.Category,
                DateTimeDataViewType or DateTimeOffsetDataViewType => ColumnRole.Date,
                { } type => IsNumeric(type) ? ColumnRole.Number : ColumnRole.ManyValues,
            };
            if (role is ColumnRole.Number && column.Type is not TextDataViewType) Numbers.Add(column.Name);
            // Numbers, flags and dates that a view has as text are categories: whoever made the view said that they are no numbers.
            else if (role is ColumnRole.Category or ColumnRole.Number or ColumnRole.TruthValue or ColumnRole.Date && column.Type is TextDataViewType || role is ColumnRole.Category) Categories.Add(column.Name);
            else if (role is ColumnRole.Text) Texts.Add(column.Name);
            else if (role is ColumnRole.Date) Dates.Add(column.Name);
            if (profiles.TryGetValue(column.Index, out ColumnProfile? profile) && profile.Distinct > ManyCategories) HasManyCategories = true;
        }
    }
}
