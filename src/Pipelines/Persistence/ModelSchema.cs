using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Persistence;

/// <summary>Schemas as a model file describes them.</summary>
internal static class ModelSchema
{
    internal static List<ModelManifest.ColumnEntry> Describe(DataViewSchema schema) =>
        [.. schema.Where(c => !c.IsHidden).Select(c => new ModelManifest.ColumnEntry(c.Name, DataViewTypeNames.Format(c.Type), NamesWorthKeeping(c)))];

    internal static DataViewSchema ToSchema(string source, IEnumerable<ModelManifest.ColumnEntry> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (ModelManifest.ColumnEntry column in columns)
        {
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
            builder.AddColumn(column.Name, type, column.SlotNames is null ? null : ColumnAnnotations.WithSlotNames(column.SlotNames));
        }
        return builder.ToSchema();

        MLPipelinesException Unusable(string problem, Exception? cause = null) =>
            new($"{source}: entry '{ModelFile.ManifestName}' cannot be used: {problem}.", cause!);
    }

    /// <summary>Slot names are for reading; the tens of thousands that n-grams have are in the entries of their step already.</summary>
    private static string[]? NamesWorthKeeping(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { Size: > 0 and <= 1000 } && column.SlotNamesOrNull() is { } names ? Array.ConvertAll(names, Printable) : null;

    /// <summary>JSON cannot hold half a surrogate pair: it is shown as U+FFFD.</summary>
    private static string Printable(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
}
