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
            try
            {
                builder.AddColumn(column.Name, DataViewTypeNames.Parse(column.Type),
                    column.SlotNames is null ? null : ColumnAnnotations.WithSlotNames(column.SlotNames));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new MLPipelinesException($"{source}: entry 'model.json' cannot be used: column '{column.Name}' has the type '{column.Type}', which is not known.", e);
            }
        }
        return builder.ToSchema();
    }

    /// <summary>Slot names are for reading; the tens of thousands that n-grams have are in the entries of their step already.</summary>
    private static string[]? NamesWorthKeeping(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { Size: > 0 and <= 1000 } ? column.SlotNamesOrNull() : null;
}
