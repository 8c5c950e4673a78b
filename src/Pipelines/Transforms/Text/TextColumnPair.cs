using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The column that a text transform reads and the one that it writes.</summary>
internal readonly record struct TextColumnPair
{
    internal TextColumnPair(string outputColumnName, string? inputColumnName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        (Output, Input) = (outputColumnName, inputColumnName ?? outputColumnName);
    }

    internal string Output { get; }

    internal string Input { get; }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("output", Output);
        writer.Set("input", Input);
    }

    internal static TextColumnPair Load(ModelStepReader reader) => new(reader.GetString("output"), reader.GetString("input"));

    /// <summary>The input column, checked to be text or a vector of text.</summary>
    internal SchemaShape.Column RequireText(SchemaShape schema, string step) => RequireText(schema, Input, step);

    internal static SchemaShape.Column RequireText(SchemaShape schema, string name, string step)
    {
        SchemaShape.Column column = schema.Require(name, step);
        return column.ItemType is TextDataViewType ? column : throw NotText(name, column.GetTypeString(), step);
    }

    internal static DataViewSchema.Column RequireText(DataViewSchema schema, string name, string step)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), $"{step}: column '{name}' not found. The columns are: {schema}.");
        return RawTypes.ItemTypeOf(column.Type) is TextDataViewType ? column : throw NotText(name, $"{column.Type}", step);
    }

    private static ArgumentOutOfRangeException NotText(string name, string type, string step) =>
        new(nameof(name), $"{step}: column '{name}' is {type}, expected String or a vector of String. ConvertType makes text out of other types.");
}
