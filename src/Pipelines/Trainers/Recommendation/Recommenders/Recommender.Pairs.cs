using MLPipelines.Data;

namespace MLPipelines.Recommendation;

public sealed partial class Recommender
{
    internal const string StepName = "recommender";

    public override string TypeId => StepName;

    /// <summary>How much a user is expected to like an item: finite, also where the user, the item or both are not known.</summary>
    public float Score(string user, string item)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(item);
        return Score(Seen.Users.Find(user), Seen.Items.Find(item));
    }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column user = RequireName(input, Columns.User), item = RequireName(input, Columns.Item);
        return [new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), [user.Index, item.Index], () => ScorePairs(user, item))];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("method", Method);
        writer.Set("userColumn", Columns.User);
        writer.Set("itemColumn", Columns.Item);
        writer.WriteTexts("users", Seen.UserNames);
        writer.WriteTexts("items", Seen.ItemNames);
        Seen.Interactions.Save(writer.Section("seen"));
        if (Seen.UserFeatures is { } userFeatures) userFeatures.Save(writer.Section("user-features"));
        if (Seen.ItemFeatures is { } itemFeatures) itemFeatures.Save(writer.Section("item-features"));
        writer.Set("hasUserFeatures", Seen.UserFeatures is not null);
        writer.Set("hasItemFeatures", Seen.ItemFeatures is not null);
        RecommenderModelTable.Save(Model, writer);
    }

    internal static Recommender Load(ModelStepReader reader)
    {
        NameTable users = Names(reader, "users"), items = Names(reader, "items");
        var seen = new NamedInteractions(users, items, Interactions.Load(reader.Section("seen"), users.Count, items.Count), Side(reader, "hasUserFeatures", "user-features"), Side(reader, "hasItemFeatures", "item-features"));
        RecommenderModel model = RecommenderModelTable.Load(reader);
        if (model.UserCount != users.Count || model.ItemCount != items.Count)
            throw reader.Invalid($"its model is of {model.UserCount} users and {model.ItemCount} items, its names are of {users.Count} and {items.Count}");
        return new Recommender(model, reader.GetString("method"), seen, new RecommenderColumns(reader.GetString("userColumn"), reader.GetString("itemColumn")));
    }

    private static SideTable? Side(ModelStepReader reader, string flag, string section) => reader.Has(flag) && reader.GetBoolean(flag) ? SideTable.Load(reader.Section(section)) : null;

    private static NameTable Names(ModelStepReader reader, string part)
    {
        try
        {
            return new NameTable(reader.ReadTexts(part));
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    private ColumnKernel ScorePairs(DataViewSchema.Column user, DataViewSchema.Column item)
    {
        RowNames users = new(user, Seen.Users.Numbers), items = new(item, Seen.Items.Numbers);
        var scores = new ValueColumn<float>();
        return batch =>
        {
            Span<float> values = scores.Resize(batch.RowCount);
            for (int row = 0; row < values.Length; row++) values[row] = Score(users.Find(batch[user.Index], row), items.Find(batch[item.Index], row));
            return scores;
        };
    }

    /// <summary>By numbers; -1 for one that is not known.</summary>
    internal float Score(int user, int item) => user < 0 ? Model.Score(-1, [], [], item)
        : Model.Score(user, Seen.Interactions.ItemsOf(user), Seen.Interactions.ValuesOf(user), item);

    private DataViewSchema.Column RequireName(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = Require(schema, name);
        return RowNames.IsNameOrNumber(column.Type) ? column
            : throw new ArgumentOutOfRangeException(nameof(schema), $"{TypeId}: column '{name}' is {column.Type}, expected text, a key or a number.");
    }
}
