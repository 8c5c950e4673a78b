using MLPipelines.Trainers.FastTree;

namespace MLPipelines;

public static partial class TreeExtensions
{
    /// <summary>Turns feature vectors into what trees that have been learned make of them.</summary>
    public static PretrainedTreeFeaturizationEstimator FeaturizeByPretrainTreeEnsemble(this TransformsCatalog catalog, PretrainedTreeFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new PretrainedTreeFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what a forest for numbers makes of them.</summary>
    public static FastForestRegressionFeaturizationEstimator FeaturizeByFastForestRegression(this TransformsCatalog catalog, FastForestRegressionFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastForestRegressionFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what boosted trees for numbers make of them.</summary>
    public static FastTreeRegressionFeaturizationEstimator FeaturizeByFastTreeRegression(this TransformsCatalog catalog, FastTreeRegressionFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeRegressionFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what a forest for two classes makes of them.</summary>
    public static FastForestBinaryFeaturizationEstimator FeaturizeByFastForestBinary(this TransformsCatalog catalog, FastForestBinaryFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastForestBinaryFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what boosted trees for two classes make of them.</summary>
    public static FastTreeBinaryFeaturizationEstimator FeaturizeByFastTreeBinary(this TransformsCatalog catalog, FastTreeBinaryFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeBinaryFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what boosted trees for rankings make of them.</summary>
    public static FastTreeRankingFeaturizationEstimator FeaturizeByFastTreeRanking(this TransformsCatalog catalog, FastTreeRankingFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeRankingFeaturizationEstimator(catalog.Environment, options);
    }

    /// <summary>Turns feature vectors into what boosted trees for amounts that are often 0 make of them.</summary>
    public static FastTreeTweedieFeaturizationEstimator FeaturizeByFastTreeTweedie(this TransformsCatalog catalog, FastTreeTweedieFeaturizationEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FastTreeTweedieFeaturizationEstimator(catalog.Environment, options);
    }
}
