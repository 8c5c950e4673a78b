namespace MLPipelines.Trainers;

/// <summary>Visits examples one after the other, pass by pass, each in a new random order; those of weight 0 are left out.</summary>
internal static class ExamplePasses
{
    private const int RowsBetweenChecks = 8192;

    /// <param name="examples">The examples.</param>
    /// <param name="passes">How often they are visited.</param>
    /// <param name="shuffle">Whether the order is random.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="visit">Told of each row.</param>
    /// <param name="onPass">Told of each pass, counted from 1; whether to go on.</param>
    /// <param name="cancellation">Ends the passes.</param>
    internal static void Run(TrainingSet examples, int passes, bool shuffle, int seed, Action<int> visit, Func<int, bool> onPass, CancellationToken cancellation)
    {
        ExampleWeights.Sum(examples);
        int[] order = [.. Enumerable.Range(0, examples.RowCount).Where(row => examples.WeightOf(row) > 0)];
        var random = new Random(seed);
        for (int pass = 1; pass <= passes; pass++)
        {
            if (shuffle) random.Shuffle(order);
            for (int i = 0; i < order.Length; i++)
            {
                if (i % RowsBetweenChecks == 0) cancellation.ThrowIfCancellationRequested();
                visit(order[i]);
            }
            if (!onPass(pass)) return;
        }
    }
}
