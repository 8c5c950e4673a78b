using System.Globalization;
using System.Runtime.InteropServices;
using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Trainers;

/// <summary>The known elements of a matrix, in memory; rows and columns count from 0.</summary>
internal sealed class MatrixElements
{
    private readonly List<float> _values = [];
    private readonly List<int> _rows = [];
    private readonly List<int> _columns = [];

    private MatrixElements(int rowCount, int columnCount) => (RowCount, ColumnCount) = (rowCount, columnCount);

    internal int RowCount { get; }

    internal int ColumnCount { get; }

    internal int Count => _values.Count;

    internal ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(_rows);

    internal ReadOnlySpan<int> Columns => CollectionsMarshal.AsSpan(_columns);

    internal ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Reads the elements of a view. Those without a row, a column or a value are left out.</summary>
    /// <param name="trainer">Who reads, for messages.</param>
    /// <param name="data">The view.</param>
    /// <param name="label">The column of values: numbers.</param>
    /// <param name="columnIndex">The column of column indices: keys.</param>
    /// <param name="rowIndex">The column of row indices: keys.</param>
    internal static MatrixElements Read(string trainer, IDataView data, string label, string columnIndex, string rowIndex)
    {
        BatchView view = BatchView.Of(data);
        DataViewSchema.Column values = view.Schema[label], columns = view.Schema[columnIndex], rows = view.Schema[rowIndex];
        var elements = new MatrixElements(checked((int)((KeyDataViewType)rows.Type).Count), checked((int)((KeyDataViewType)columns.Type).Count));
        List<float> labels = [];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, [values.Index, columns.Index, rows.Index]));
        while (cursor.Next() is { } batch)
        {
            ReadOnlySpan<uint> rowKeys = ((ValueColumn<uint>)batch[rows.Index]).Values, columnKeys = ((ValueColumn<uint>)batch[columns.Index]).Values;
            labels.Clear();
            NumberReader.Append(batch[values.Index], values, labels);
            for (int i = 0; i < labels.Count; i++)
            {
                // What a foreign view has beyond the number of keys is no key.
                int row = (int)(rowKeys[i] - 1), column = (int)(columnKeys[i] - 1);
                if ((uint)row >= elements.RowCount || (uint)column >= elements.ColumnCount || float.IsNaN(labels[i])) continue;
                if (!float.IsFinite(labels[i])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                    $"{trainer}: row {batch.FirstRow + i}, column '{label}': found {labels[i]}, expected a finite number."));
                elements._rows.Add(row);
                elements._columns.Add(column);
                elements._values.Add(labels[i]);
            }
        }
        return elements.Count > 0 ? elements : throw new MLPipelinesException(
            $"{trainer}: there is nothing to learn from: no row has a key in '{rowIndex}' and '{columnIndex}' and a number in '{label}'.");
    }

    /// <summary>Which elements are known, whatever their values; each once.</summary>
    internal Interactions ToInteractions() => Interactions.Of(Rows, Columns, Values, RowCount, ColumnCount, (_, last) => last);

    /// <summary>The mean of the values, and their standard deviation.</summary>
    internal (double Mean, double Deviation) Moments()
    {
        double sum = 0, squares = 0;
        foreach (float value in Values) sum += value;
        double mean = sum / Count;
        foreach (float value in Values) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / Count));
    }
}
