using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Looks up and checks the columns that text transforms read, and saves their names.</summary>
internal static class TextColumns
{
    /// <summary>The input column, checked to be text or a vector of text.</summary>
    internal static SchemaShape.Column RequireText(SchemaShape schema, string name, string step)
    {
        SchemaShape.Column column = schema.Require(name, step);
        return column.ItemType is TextDataViewType ? column : throw ColumnTypeException.Create(step, column, Expected);
    }

    internal static DataViewSchema.Column RequireText(DataViewSchema schema, string name, string step)
    {
        DataViewSchema.Column column = Require(schema, name, step);
        return RawTypes.ItemTypeOf(column.Type) is TextDataViewType ? column : throw ColumnTypeException.Create(step, column, Expected);
    }

    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"{step}: column '{name}' not found. The columns are: {schema}.");

    internal static void Save(this InputOutputColumnPair columns, ModelStepWriter writer)
    {
        writer.Set("output", columns.OutputColumnName);
        writer.Set("input", columns.InputColumnName);
    }

    internal static InputOutputColumnPair LoadPair(ModelStepReader reader) => new(reader.GetString("output"), reader.GetString("input"));

    private const string Expected = "String or a vector of String (ConvertType makes text out of other types)";
}
