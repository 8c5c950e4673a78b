namespace MLPipelines.AutoML;

/// <summary>What a column is used for.</summary>
internal enum ColumnPurpose
{
    Ignored,
    Label,
    Number,
    Category,
    Text,
    Date,
    ImagePath,
    UserId,
    ItemId,
    GroupId,
    ExampleWeight,
    SamplingKey,
}

/// <summary>Between the purposes of columns and the lists that <see cref="ColumnInformation"/> has of them.</summary>
internal static class ColumnPurposes
{
    /// <summary>The columns that a user named, with what for.</summary>
    internal static Dictionary<string, ColumnPurpose> Named(ColumnInformation information)
    {
        var named = new Dictionary<string, ColumnPurpose>(StringComparer.Ordinal) { [information.LabelColumnName] = ColumnPurpose.Label };
        Add(ColumnPurpose.UserId, information.UserIdColumnName);
        Add(ColumnPurpose.ItemId, information.ItemIdColumnName);
        Add(ColumnPurpose.GroupId, information.GroupIdColumnName);
        Add(ColumnPurpose.ExampleWeight, information.ExampleWeightColumnName);
        Add(ColumnPurpose.SamplingKey, information.SamplingKeyColumnName);
        Add(ColumnPurpose.Category, [.. information.CategoricalColumnNames]);
        Add(ColumnPurpose.Number, [.. information.NumericColumnNames]);
        Add(ColumnPurpose.Text, [.. information.TextColumnNames]);
        Add(ColumnPurpose.Date, [.. information.DateColumnNames]);
        Add(ColumnPurpose.Ignored, [.. information.IgnoredColumnNames]);
        Add(ColumnPurpose.ImagePath, [.. information.ImagePathColumnNames]);
        return named;

        void Add(ColumnPurpose purpose, params string?[] names)
        {
            foreach (string name in names.OfType<string>())
                if (!named.TryAdd(name, purpose) && named[name] != purpose)
                    throw new ArgumentException($"Column '{name}' is named for two uses: {named[name]} and {purpose}.", nameof(information));
        }
    }

    internal static ColumnInformation ToInformation(IEnumerable<(string Name, ColumnPurpose Purpose)> columns)
    {
        var information = new ColumnInformation();
        foreach (var (name, purpose) in columns)
        {
            switch (purpose)
            {
                case ColumnPurpose.Label: information.LabelColumnName = name; break;
                case ColumnPurpose.UserId: information.UserIdColumnName = name; break;
                case ColumnPurpose.ItemId: information.ItemIdColumnName = name; break;
                case ColumnPurpose.GroupId: information.GroupIdColumnName = name; break;
                case ColumnPurpose.ExampleWeight: information.ExampleWeightColumnName = name; break;
                case ColumnPurpose.SamplingKey: information.SamplingKeyColumnName = name; break;
                case ColumnPurpose.Number: information.NumericColumnNames.Add(name); break;
                case ColumnPurpose.Category: information.CategoricalColumnNames.Add(name); break;
                case ColumnPurpose.Text: information.TextColumnNames.Add(name); break;
                case ColumnPurpose.Date: information.DateColumnNames.Add(name); break;
                case ColumnPurpose.ImagePath: information.ImagePathColumnNames.Add(name); break;
                default: information.IgnoredColumnNames.Add(name); break;
            }
        }
        return information;
    }
}
