using MLPipelines.Data;

namespace MLPipelines.Neural.Text;

/// <summary>Checks the columns that trainers of networks for texts read.</summary>
internal static class TextColumnsOf
{
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or no text.</exception>
    internal static void Check(SchemaShape schema, IReadOnlyList<string> texts, string step)
    {
        foreach (string name in texts)
        {
            SchemaShape.Column column = schema.Require(name, step);
            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType is not TextDataViewType) throw Unfit(step, "text", name, column.GetTypeString(), "String");
        }
    }

    /// <summary>The indices of the columns.</summary>
    /// <inheritdoc cref="Check"/>
    internal static int[] Indices(DataViewSchema schema, IReadOnlyList<string> texts, string step)
    {
        Check(SchemaShape.Create(schema), texts, step);
        return [.. texts.Select(name => schema[name].Index)];
    }

    internal static ArgumentOutOfRangeException Unfit(string step, string role, string name, string found, string expected) =>
        new(nameof(name), $"{step}: {role} column '{name}' is {found}, expected {expected}.");
}
