using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows whose value in a number column is at least the lower bound and below the upper one. Rows with NaN are left out.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columnName">A column of one number per row, of any number type.</param>
    /// <param name="lowerBound">The least value that is kept.</param>
    /// <param name="upperBound">Above the lower bound; values from here on are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or not a number, or the upper bound is not above the lower one.</exception>
    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!(lowerBound < upperBound)) throw new ArgumentOutOfRangeException(nameof(upperBound), upperBound, $"The upper bound is above the lower one, {lowerBound}.");
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Column '{columnName}' is {column.Type}, expected one number per row.");
        return new RowSelectionView(BatchView.Of(input), () => RangeSelection.Create(column, lowerBound, upperBound), [column.Index]);
    }

    /// <summary>
    /// The rows whose key lies in a part of all keys: key k of n stands for (k − ½) / n, which is at least the lower bound and below
    /// the upper one. Rows whose key is missing are left out. As keys made by hashing are random, this takes a random part of the
    /// groups.
    /// </summary>
    /// <param name="input">The rows.</param>
    /// <param name="columnName">A key column.</param>
    /// <param name="lowerBound">From 0 to 1.</param>
    /// <param name="upperBound">From 0 to 1, not below the lower bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or not a key, or a bound is out of its range.</exception>
    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (lowerBound is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lowerBound), lowerBound, "The bounds are from 0 to 1.");
        if (upperBound is not (>= 0 and <= 1) || upperBound < lowerBound)
            throw new ArgumentOutOfRangeException(nameof(upperBound), upperBound, $"The upper bound is from the lower one, {lowerBound}, to 1.");
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType key)
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Column '{columnName}' is {column.Type}, expected a key. Conversion.MapValueToKey or Conversion.Hash makes one.");
        return new RowSelectionView(BatchView.Of(input), () => RangeSelection.Create(column, lowerBound, upperBound, key.Count), [column.Index]);
    }

    /// <summary>
    /// The rows that have a value in each of some columns: no NaN, no missing key and no empty text, in vectors not in any item.
    /// </summary>
    /// <param name="input">The rows.</param>
    /// <param name="columns">Columns of floating-point numbers, keys or text, or vectors of these.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent, or has a type without missing values.</exception>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0) throw new ArgumentException("At least one column is needed.", nameof(columns));
        DataViewSchema.Column[] found = Array.ConvertAll(columns, name => input.Schema[name]);
        if (found.FirstOrDefault(column => !MissingValueSelection.Knows(column.Type)) is { Name: { } name } wrong)
            throw new ArgumentOutOfRangeException(nameof(columns), $"Column '{name}' is {wrong.Type}, which has no missing values; expected floating-point numbers, keys or text.");
        return new RowSelectionView(BatchView.Of(input), () => MissingValueSelection.Create(found), [.. found.Select(column => column.Index)]);
    }

    /// <summary>The rows for which a function says <see langword="false"/>: it says which to leave out.</summary>
    /// <typeparam name="TSrc">A class whose members stand for the columns that the function looks at.</typeparam>
    /// <param name="input">The rows.</param>
    /// <param name="filterPredicate">Whether to leave a row out. The object is the same for every row, with other values.</param>
    /// <exception cref="ArgumentOutOfRangeException">A member has no column.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than its column.</exception>
    public IDataView FilterByCustomPredicate<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc>(IDataView input, Func<TSrc, bool> filterPredicate)
        where TSrc : class, new()
    {
        ArgumentNullException.ThrowIfNull(filterPredicate);
        return Filter<TSrc>(input, () => filterPredicate);
    }

    /// <summary>
    /// The rows for which a function says <see langword="false"/>, with a state that goes from row to row. Every reading starts at the
    /// first row with a new state.
    /// </summary>
    /// <typeparam name="TSrc">A class whose members stand for the columns that the function looks at.</typeparam>
    /// <typeparam name="TState">What the function keeps between rows.</typeparam>
    /// <param name="input">The rows.</param>
    /// <param name="filterPredicate">Whether to leave a row out. The object is the same for every row, with other values.</param>
    /// <param name="stateInitAction">Makes the state ready for the first row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A member has no column.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than its column.</exception>
    public IDataView FilterByStatefulCustomPredicate<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, TState>(
        IDataView input, Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction)
        where TSrc : class, new() where TState : class, new()
    {
        ArgumentNullException.ThrowIfNull(filterPredicate);
        ArgumentNullException.ThrowIfNull(stateInitAction);
        return Filter<TSrc>(input, () =>
        {
            var state = new TState();
            stateInitAction(state);
            return row => filterPredicate(row, state);
        });
    }

    private static RowSelectionView Filter<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc>(IDataView input, Func<Func<TSrc, bool>> start)
        where TSrc : class, new()
    {
        ArgumentNullException.ThrowIfNull(input);
        RowReader<TSrc> reader = RowBinder<TSrc>.Instance.CreateReader(input.Schema, ignoreMissingColumns: false);
        return new RowSelectionView(BatchView.Of(input), CreateSelector, reader.Columns);

        RowSelector CreateSelector()
        {
            Func<TSrc, bool> leavesOut = start();
            TSrc example = new();
            return (batch, selected) =>
            {
                for (int row = 0; row < batch.RowCount; row++)
                {
                    reader.Fill(batch, row, ref example);
                    if (!leavesOut(example)) selected.Add(row);
                }
                return true;
            };
        }
    }
}
