using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The error for a column of a type that a step cannot work with.</summary>
internal static class ColumnTypeException
{
    internal static ArgumentOutOfRangeException Create(string step, DataViewSchema.Column column, string expected) =>
        Create(step, column.Name, column.Type.ToString()!, expected);

    internal static ArgumentOutOfRangeException Create(string step, SchemaShape.Column column, string expected) =>
        Create(step, column.Name, column.GetTypeString(), expected);

    private static ArgumentOutOfRangeException Create(string step, string column, string found, string expected) =>
        new(nameof(column), $"{step}: column '{column}' is {found}, expected {expected}.");
}
