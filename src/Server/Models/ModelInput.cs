using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>A column that a model predicts from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="SchemaIndex">Where it is in the input schema.</param>
/// <param name="Slots">Of a vector, what its items are called: a row may give each by its own name; <see langword="null"/> where they have no names.</param>
public sealed record ModelInput(string Name, DataViewType Type, int SchemaIndex, IReadOnlyList<string>? Slots)
{
    /// <summary>The columns that are read for some outputs.</summary>
    internal static List<ModelInput> Of(DataViewSchema schema, IEnumerable<int> needed) =>
        [.. needed.Select(index => new ModelInput(schema[index].Name, schema[index].Type, index, schema[index].Type is VectorDataViewType ? schema[index].SlotNamesOrNull() : null))];
}
