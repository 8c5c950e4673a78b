using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Checks that a table has the columns of a panel, of types that can be used.</summary>
internal static class PanelColumns
{
    internal static void Check(SchemaShape shape, PanelOptions options, string step)
    {
        Value(options.ValueColumn, "observations");
        foreach (string covariate in options.CovariateColumns) Value(covariate, "a covariate");
        if (options.TimeColumn is { } time) Scalar(time, column => !column.IsKey && TimeColumn.IsTime(column.ItemType), "a date, text or a whole number");
        if (options.SeriesColumn is { } series) Scalar(series, column => column.IsKey ? column.ItemType.RawType == typeof(uint) : column.ItemType is TextDataViewType, "text or a key");

        void Value(string name, string what) => Scalar(name, column => !column.IsKey && IsNumber(column.ItemType), $"a number of type Single or Double, as {what}");

        void Scalar(string name, Func<SchemaShape.Column, bool> accepts, string expected)
        {
            SchemaShape.Column column = shape.Require(name, step);
            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !accepts(column))
                throw new ArgumentOutOfRangeException(nameof(shape), $"{step}: column '{name}' is {column.GetTypeString()}, expected {expected}.");
        }
    }

    private static bool IsNumber(DataViewType type) => type.Equals(NumberDataViewType.Single) || type.Equals(NumberDataViewType.Double);

    /// <summary>The number in a row of a column of <see cref="float"/> or <see cref="double"/>.</summary>
    internal static double Read(BatchColumn column, int row) => column is ValueColumn<float> singles ? singles.Values[row] : ((ValueColumn<double>)column).Values[row];
}
