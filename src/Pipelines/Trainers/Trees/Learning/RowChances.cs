namespace MLPipelines.Trainers.Trees;

/// <summary>Draws rows each by chance, bag after bag, with the numbers that FastTree draws them by.</summary>
internal sealed class RowChances
{
    private readonly Random _random;
    private readonly double _fraction;
    private bool _hasBegun;

    private RowChances(int seed, double fraction) => (_random, _fraction) = (new Random(seed), fraction);

    internal static RowChances? Of(BoostingOptions options) => options is { RowChanceSeed: { } seed, RowFraction: < 1 } ? new RowChances(seed, options.RowFraction) : null;

    /// <summary>The rows of the next bag, rising; one row at least.</summary>
    /// <param name="counting">The rows that count; empty for all.</param>
    /// <param name="rowCount">How many rows there are.</param>
    internal int[] Draw(int[] counting, int rowCount)
    {
        // FastTree fills a bag when it makes one, and again before the first tree.
        if (!_hasBegun)
            for (int row = 0; row < rowCount; row++) _random.NextDouble();
        _hasBegun = true;
        bool[] isDrawn = new bool[rowCount];
        for (int row = 0; row < rowCount; row++) isDrawn[row] = _random.NextDouble() < _fraction;
        IEnumerable<int> all = counting.Length > 0 ? counting : Enumerable.Range(0, rowCount);
        int[] rows = [.. all.Where(row => isDrawn[row])];
        return rows.Length > 0 ? rows : [all.First()];
    }
}
