using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MLPipelines.Data;

namespace MLPipelines.Persistence;

/// <summary>Schemas as a model file describes them.</summary>
internal static class ModelSchema
{
    internal static List<ModelManifest.ColumnEntry> Describe(DataViewSchema schema) =>
        [.. schema.Where(c => !c.IsHidden).Select(c => new ModelManifest.ColumnEntry(c.Name, DataViewTypeNames.Format(c.Type), NamesWorthKeeping(c)))];

    /// <summary>Input columns with what the categories of keys mean: steps may need it, and only the data had it.</summary>
    internal static List<ModelManifest.ColumnEntry> DescribeInput(DataViewSchema schema, Dictionary<string, byte[]> entries)
    {
        List<ModelManifest.ColumnEntry> columns = Describe(schema);
        for (int i = 0; i < columns.Count; i++)
        {
            if (RawTypes.AnyItemTypeOf(schema[columns[i].Name].Type) is not KeyDataViewType || KeyValues.Of(schema[columns[i].Name]) is not { } values) continue;
            var parameters = new JsonObject();
            values.Save(new StepPartsWriter(InputFolder(i), parameters, entries));
            columns[i] = columns[i] with { KeyValues = parameters };
        }
        return columns;
    }

    private static string InputFolder(int column) => string.Create(CultureInfo.InvariantCulture, $"00-input/{column + 1:00}");

    internal static DataViewSchema ToSchema(string source, IReadOnlyList<ModelManifest.ColumnEntry> columns, IReadOnlyDictionary<string, byte[]> entries)
    {
        var builder = new DataViewSchema.Builder();
        for (int i = 0; i < columns.Count; i++)
        {
            ModelManifest.ColumnEntry column = columns[i];
            DataViewType type;
            try
            {
                type = DataViewTypeNames.Parse(column.Type);
            }
            catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
            {
                throw Unusable($"column '{column.Name}' has the type '{column.Type}', which is not known", e);
            }
            if (column.Name.Length == 0) throw Unusable("a column has no name");
            if (column.SlotNames is { } names && (type as VectorDataViewType)?.Size != names.Count)
                throw Unusable($"column '{column.Name}' has {names.Count} slot names, which its type '{column.Type}' does not");
            DataViewSchema.Annotations? annotations = column.KeyValues is { } parameters
                ? LoadKeyValues(new StepPartsReader(source, InputFolder(i), 1, parameters, entries), type) : null;
            builder.AddColumn(column.Name, type, column.SlotNames is null ? annotations : ColumnAnnotations.WithSlotNames(column.SlotNames, annotations));
        }
        return builder.ToSchema();

        MLPipelinesException Unusable(string problem, Exception? cause = null) =>
            new($"{source}: entry '{ModelFile.ManifestName}' cannot be used: {problem}.", cause!);
    }

    private static DataViewSchema.Annotations LoadKeyValues(ModelStepReader reader, DataViewType type)
    {
        KeyValues values;
        try
        {
            values = KeyValues.Load(reader);
        }
        catch (FormatException e)
        {
            throw new MLPipelinesException(reader.Invalid(e.Message).Message, e);
        }
        return RawTypes.AnyItemTypeOf(type) is KeyDataViewType key && key.Count == (ulong)values.Count ? values.ToAnnotations()
            : throw reader.Invalid($"it has {values.Count} key values, which its type '{type}' does not");
    }

    /// <summary>Slot names are for reading; the tens of thousands that n-grams have are in the entries of their step already.</summary>
    private static string[]? NamesWorthKeeping(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { Size: > 0 and <= 1000 } && column.SlotNamesOrNull() is { } names ? Array.ConvertAll(names, Printable) : null;

    /// <summary>JSON cannot hold half a surrogate pair: it is shown as U+FFFD.</summary>
    private static string Printable(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
}
