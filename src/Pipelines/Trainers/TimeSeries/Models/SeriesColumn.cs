using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>The column that holds a series: one number per row, <see cref="float"/> where nothing else is said.</summary>
internal static class SeriesColumn
{
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step) => Require(schema, name, step, NumberDataViewType.Single);

    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step, NumberDataViewType type)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"{step}: column '{name}' not found. The columns are: {schema}.");
        return column.Type.Equals(type) ? column : throw WrongType(name, column.Type.ToString()!, step, type);
    }

    internal static void Require(SchemaShape schema, string name, string step)
    {
        SchemaShape.Column column = schema.Require(name, step);
        bool isNumber = column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single);
        if (!isNumber) throw WrongType(name, column.GetTypeString(), step, NumberDataViewType.Single);
    }

    /// <summary>The values of some rows of a column of <see cref="double"/>.</summary>
    /// <param name="batch">A run of rows.</param>
    /// <param name="column">The column, which was required.</param>
    /// <param name="first">The first of the rows, in the run.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="step">Who asks, for messages.</param>
    /// <exception cref="MLPipelinesException">A value is not finite.</exception>
    internal static ReadOnlySpan<double> ReadFinite(Batch batch, DataViewSchema.Column column, int first, int count, string step)
    {
        ReadOnlySpan<double> values = ((ValueColumn<double>)batch[column.Index]).Values.Slice(first, count);
        for (int i = 0; i < count; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{step}: row {batch.FirstRow + first + i}, column '{column.Name}': found {values[i]}, expected a finite number. ReplaceMissingValues fills gaps."));
        }
        return values;
    }

    private static ArgumentOutOfRangeException WrongType(string name, string found, string step, NumberDataViewType expected) =>
        new(nameof(name), $"{step}: column '{name}' is {found}, expected {expected}. Conversion.ConvertType converts other numbers.");
}
