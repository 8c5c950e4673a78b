using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>The column that holds a series: one <see cref="float"/> per row.</summary>
internal static class SeriesColumn
{
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"{step}: column '{name}' not found. The columns are: {schema}.");
        return column.Type.Equals(NumberDataViewType.Single) ? column : throw WrongType(name, column.Type.ToString()!, step);
    }

    internal static void Require(SchemaShape schema, string name, string step)
    {
        SchemaShape.Column column = schema.Require(name, step);
        bool isNumber = column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single);
        if (!isNumber) throw WrongType(name, column.GetTypeString(), step);
    }

    private static ArgumentOutOfRangeException WrongType(string name, string type, string step) =>
        new(nameof(name), $"{step}: column '{name}' is {type}, expected Single. Conversion.ConvertType converts other numbers.");
}
