using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms of outliers. ML.NET has none; the names follow its own.</summary>
public static class OutlierCatalog
{
    private const long AllExamples = NormalizingEstimator.Defaults.MaximumExampleCount;

    /// <summary>Puts the nearest number that is no outlier in place of each outlier.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="rule">What counts as an outlier.</param>
    /// <param name="threshold">The number of spreads that the rule allows, above 0; the rule's own when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    public static OutlierEstimator ClipOutliers(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        OutlierRule rule = OutlierRule.InterquartileRange, double? threshold = null, long maximumExampleCount = AllExamples) =>
        catalog.ClipOutliers([new InputOutputColumnPair(outputColumnName, inputColumnName)], rule, threshold, maximumExampleCount);

    /// <inheritdoc cref="ClipOutliers(TransformsCatalog, string, string?, OutlierRule, double?, long)"/>
    public static OutlierEstimator ClipOutliers(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        OutlierRule rule = OutlierRule.InterquartileRange, double? threshold = null, long maximumExampleCount = AllExamples) =>
        new(catalog.Environment, nameof(ClipOutliers), columns, isIndicator: false, rule, threshold, maximumExampleCount);

    /// <summary>Says of each item whether it is an outlier: a column of truth values.</summary>
    /// <inheritdoc cref="ClipOutliers(TransformsCatalog, string, string?, OutlierRule, double?, long)"/>
    public static OutlierEstimator IndicateOutliers(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        OutlierRule rule = OutlierRule.InterquartileRange, double? threshold = null, long maximumExampleCount = AllExamples) =>
        catalog.IndicateOutliers([new InputOutputColumnPair(outputColumnName, inputColumnName)], rule, threshold, maximumExampleCount);

    /// <inheritdoc cref="IndicateOutliers(TransformsCatalog, string, string?, OutlierRule, double?, long)"/>
    public static OutlierEstimator IndicateOutliers(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        OutlierRule rule = OutlierRule.InterquartileRange, double? threshold = null, long maximumExampleCount = AllExamples) =>
        new(catalog.Environment, nameof(IndicateOutliers), columns, isIndicator: true, rule, threshold, maximumExampleCount);
}
