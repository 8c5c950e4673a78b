using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Chooses the rows whose number lies in a range.</summary>
internal static class RangeSelection
{
    /// <param name="column">A number or key column.</param>
    /// <param name="lower">The least value that is kept.</param>
    /// <param name="upper">The least value beyond the range.</param>
    /// <param name="keyCount">Above 0: key k of so many stands for (k − ½) / count.</param>
    internal static RowSelector Create(DataViewSchema.Column column, double lower, double upper, ulong keyCount = 0) =>
        NumberTypes.Dispatch((PrimitiveDataViewType)column.Type, new Factory(column.Index, lower, upper, keyCount));

    private sealed class Factory(int column, double lower, double upper, ulong keyCount) : NumberTypes.IVisitor<RowSelector>
    {
        public RowSelector Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => (batch, selected) =>
        {
            ReadOnlySpan<T> values = ((ValueColumn<T>)batch[column]).Values;
            for (int row = 0; row < values.Length; row++)
            {
                double value = double.CreateTruncating(values[row]);
                if (keyCount > 0) value = (value - 0.5) / keyCount;
                if (value >= lower && value < upper) selected.Add(row);
            }
            return true;
        };
    }
}
