namespace MLPipelines.Trainers.Trees;

/// <summary>Chooses among the best splits of the columns, one after another: one that is better than the best so far is taken by chance, as FastTree does.</summary>
internal sealed class SplitLottery(int columns, BoostingOptions options)
{
    private readonly Random _random = new(options.SplitChanceSeed!.Value);

    /// <summary>The best split of each column for the smaller of two leaves.</summary>
    internal SplitChoice[] Small { get; } = new SplitChoice[columns];

    /// <summary>The best split of each column for the larger.</summary>
    internal SplitChoice[] Large { get; } = new SplitChoice[columns];

    /// <summary>Ends a tree with so many leaves.</summary>
    internal void Skip(int leaves)
    {
        for (long i = (long)leaves * options.DrawsPerLeaf; i > 0; i--) _random.NextDouble();
    }

    internal void Clear()
    {
        Array.Clear(Small);
        Array.Clear(Large);
    }

    /// <summary>The split that is taken; none where it gains too little.</summary>
    /// <param name="isSmall">Whether it is the smaller leaf's.</param>
    /// <param name="least">What its score has to exceed.</param>
    internal SplitChoice Draw(bool isSmall, double least)
    {
        SplitChoice[] splits = isSmall ? Small : Large;
        // The first column is there without a draw.
        SplitChoice best = splits[0];
        for (int column = 1; column < splits.Length; column++)
        {
            ref readonly SplitChoice split = ref splits[column];
            // While there is none, the draw does not matter.
            if (split.Found && (!best.Found || split.Score > best.Score) && (_random.NextDouble() < options.FeatureFractionPerSplit || !best.Found)) best = split;
        }
        return best.Found && best.Score > least ? best : default;
    }
}
