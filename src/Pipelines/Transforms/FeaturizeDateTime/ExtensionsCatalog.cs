using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ExtensionsCatalog
{
    /// <summary>Makes numbers of a date or time: year, month, day, day of the week, hour and days since 1970.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column of vectors that is made: see <see cref="DateTimeFeaturizingEstimator"/>.</param>
    /// <param name="inputColumnName">The column of dates; the output's name when left out.</param>
    public static DateTimeFeaturizingEstimator FeaturizeDateTime(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null) =>
        catalog.FeaturizeDateTime([new InputOutputColumnPair(outputColumnName, inputColumnName)]);

    /// <inheritdoc cref="FeaturizeDateTime(TransformsCatalog, string, string?)"/>
    public static DateTimeFeaturizingEstimator FeaturizeDateTime(this TransformsCatalog catalog, InputOutputColumnPair[] columns) => new(catalog.Environment, columns);
}
