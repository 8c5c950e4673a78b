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

    /// <summary>The rows in a random order, the same one in each reading.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="seed">Fixes the order; without it, the seed of the context does.</param>
    /// <param name="shufflePoolSize">How many of the rows that come next each row is drawn from when <paramref name="shuffleSource"/> is off; at least 1.</param>
    /// <param name="shuffleSource">
    /// Whether every order of all rows is equally likely; the columns that are read are then held in memory. Without it only as
    /// many rows as the pool has are held, and rows stay near their neighbours.
    /// </param>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(shufflePoolSize, 1);
        return new ShuffledView(BatchView.Of(input), seed ?? Environment.SeedFor(nameof(ShuffleRows)), shuffleSource ? ShuffledView.All : shufflePoolSize);
    }

    /// <summary>
    /// A bootstrap sample of the rows: each is there as many times as a Poisson distribution with mean 1 says (never, once, twice, …),
    /// in their order. On average that is as many rows as there were, of 63 % of them. Nothing is held in memory.
    /// </summary>
    /// <param name="input">The rows.</param>
    /// <param name="seed">Fixes the choice; without it, the seed of the context does.</param>
    /// <param name="complement">Whether to give the rows that the sample with this seed lacks, once each, to test with.</param>
    public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        int draws = seed ?? Environment.SeedFor(nameof(BootstrapSample));
        return new RowSelectionView(BatchView.Of(input), () =>
        {
            var random = new HybridTausworthe(draws);
            return (batch, selected) =>
            {
                for (int row = 0; row < batch.RowCount; row++)
                {
                    int count = random.NextPoisson();
                    if (complement) count = count == 0 ? 1 : 0;
                    for (; count > 0; count--) selected.Add(row);
                }
                return true;
            };
        });
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
