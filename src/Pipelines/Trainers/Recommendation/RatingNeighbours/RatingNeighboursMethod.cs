namespace MLPipelines.Recommendation;

/// <summary>
/// A rating is a baseline, and how far a user's ratings of the neighbours of an item lie from theirs: r ≈ b_ui + Σ s_ij (r_uj − b_uj) / (Σ s_ij + λ). Items are
/// alike by the correlation of what is left of their ratings beyond the baseline, shrunk where few users rated both.
/// </summary>
/// <remarks>Koren, "Factor in the neighbors: scalable and accurate collaborative filtering" (2010), section 2.2.</remarks>
public sealed class RatingNeighboursMethod : RecommendationMethod
{
    private readonly RatingNeighboursOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RatingNeighboursMethod(RatingNeighboursOptions? options = null)
    {
        _options = options ?? new RatingNeighboursOptions();
        _options.Check();
    }

    public override string Name => "Rating neighbours";

    /// <exception cref="MLPipelinesException">There are no ratings.</exception>
    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        var baseline = (RatingBaselineModel)new RatingBaselineMethod(_options.Baseline).Fit(interactions, environment);
        return new RatingNeighboursModel(baseline, NeighboursOf(baseline.Residuals(interactions), environment), _options.RatingShrinkage);
    }

    /// <summary>The neighbours of each item, by number, and how alike they are.</summary>
    private Interactions NeighboursOf(Interactions residuals, TrainingEnvironment environment)
    {
        int count = residuals.ItemCount;
        Interactions byItem = residuals.ByItem;
        var rows = new (int[] Items, float[] Similarities)[count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        Parallel.For(0, count, parallel, () => new RatingPairs(count), (item, _, common) =>
        {
            common.Count(residuals, byItem, item);
            rows[item] = common.Nearest(item, _options.SimilarityShrinkage, _options.Neighbours);
            return common;
        }, _ => { });
        int[] starts = new int[count + 1];
        for (int item = 0; item < count; item++) starts[item + 1] = starts[item] + rows[item].Items.Length;
        return new Interactions(starts, [.. rows.SelectMany(row => row.Items)], [.. rows.SelectMany(row => row.Similarities)], count);
    }
}
