using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.TimeSeries;

/// <summary>Columns of <see cref="double"/> whose rows are the steps of a series without gaps.</summary>
internal static class MetricColumn
{
    /// <summary>The column of a name.</summary>
    /// <param name="schema">Where to look.</param>
    /// <param name="name">What for.</param>
    /// <param name="step">Who asks, for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is absent or not <see cref="double"/>.</exception>
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step)
    {
        DataViewSchema.Column column = schema[name];
        return column.Type.Equals(NumberDataViewType.Double) ? column : throw ColumnTypeException.Create(step, column, "Double. Conversion.ConvertType makes it out of other numbers");
    }

    /// <summary>The values of some rows.</summary>
    /// <param name="batch">A run of rows.</param>
    /// <param name="column">The column, which was required.</param>
    /// <param name="first">The first of the rows, in the run.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="step">Who asks, for messages.</param>
    /// <exception cref="MLPipelinesException">A value is not finite.</exception>
    internal static ReadOnlySpan<double> Read(Batch batch, DataViewSchema.Column column, int first, int count, string step)
    {
        ReadOnlySpan<double> values = ((ValueColumn<double>)batch[column.Index]).Values.Slice(first, count);
        for (int i = 0; i < count; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{step}: row {batch.FirstRow + first + i}, column '{column.Name}': found {values[i]}, expected a finite number. ReplaceMissingValues fills gaps."));
        }
        return values;
    }
}
