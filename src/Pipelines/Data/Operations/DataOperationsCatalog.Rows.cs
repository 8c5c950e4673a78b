using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Keeps what is read of a view in memory, so that later readings do not compute it again.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columnsToPrefetch">Columns to read together with the first one asked for; others are read when they are asked for.</param>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CachedView(BatchView.Of(input), [.. columnsToPrefetch.Select(name => input.Schema[name].Index)]);
    }

    /// <summary>The rows in a random order, the same one in each reading. The columns that are read are held in memory while they are.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="seed">Fixes the order; without it, the seed of the context does.</param>
    /// <param name="shufflePoolSize">Of no effect: every order of all rows is equally likely, whatever the pool.</param>
    /// <param name="shuffleSource">Of no effect, for the same reason.</param>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(shufflePoolSize, 1);
        return new ShuffledView(BatchView.Of(input), Environment.SeedFor(nameof(ShuffleRows), seed));
    }

    /// <summary>All rows but the first ones.</summary>
    public IDataView SkipRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Range(input, count, long.MaxValue);
    }

    /// <summary>The first rows; reading stops after them.</summary>
    public IDataView TakeRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Range(input, 0, count);
    }

    private static RowSelectionView Range(IDataView input, long first, long end)
    {
        return new RowSelectionView(BatchView.Of(input), CreateSelector,
            rowCount: () => input.GetRowCount() is { } rows ? Math.Max(0, Math.Min(rows, end) - first) : null);

        RowSelector CreateSelector()
        {
            long next = 0;
            return (batch, selected) =>
            {
                long last = Math.Min(batch.RowCount, end - next);
                for (long row = Math.Max(0, first - next); row < last; row++) selected.Add((int)row);
                next += batch.RowCount;
                return next < end;
            };
        }
    }
}
