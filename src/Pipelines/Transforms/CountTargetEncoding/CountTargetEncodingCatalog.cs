using MLPipelines.Transforms;
using static MLPipelines.Transforms.CountTargetEncodingEstimator;

namespace MLPipelines;

/// <summary>Transforms of categories that look at the label.</summary>
public static class CountTargetEncodingCatalog
{
    /// <summary>Makes features out of categories by counting how often each had each label.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="inputColumnName">The column of categories; the output's name when left out.</param>
    /// <param name="labelColumn">The label.</param>
    /// <param name="builder">Whether rare categories are taken together; none when left out.</param>
    /// <param name="priorCoefficient">How much the frequency of the labels weighs in the odds; above 0.</param>
    /// <param name="laplaceScale">The scale of noise in training; 0, since noise is not supported.</param>
    /// <param name="numberOfBits">How many bits of the hash of a category are kept: 1 to 31.</param>
    /// <param name="combine">Whether the items of a vector make one category, in place of one each.</param>
    /// <param name="hashingSeed">What the hash starts with.</param>
    public static CountTargetEncodingEstimator CountTargetEncode(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        string labelColumn = Defaults.LabelColumnName, CountTableBuilderBase? builder = null, float priorCoefficient = Defaults.PriorCoefficient,
        float laplaceScale = Defaults.LaplaceScale, int numberOfBits = HashingEstimator.Defaults.NumberOfBits, bool combine = HashingEstimator.Defaults.Combine,
        uint hashingSeed = HashingEstimator.Defaults.Seed) =>
        catalog.CountTargetEncode([new InputOutputColumnPair(outputColumnName, inputColumnName)], labelColumn, builder, priorCoefficient, laplaceScale,
            numberOfBits: numberOfBits, combine: combine, hashingSeed: hashingSeed);

    /// <summary>Makes features out of categories by counting how often each had each label.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="labelColumn">The label.</param>
    /// <param name="builder">Whether rare categories are taken together; none when left out.</param>
    /// <param name="priorCoefficient">How much the frequency of the labels weighs in the odds; above 0.</param>
    /// <param name="laplaceScale">The scale of noise in training; 0, since noise is not supported.</param>
    /// <param name="sharedTable">Whether one table holds the counts of all columns. Their categories do not mix, so the features are the same.</param>
    /// <param name="numberOfBits">How many bits of the hash of a category are kept: 1 to 31.</param>
    /// <param name="combine">Whether the items of a vector make one category, in place of one each.</param>
    /// <param name="hashingSeed">What the hash starts with.</param>
    public static CountTargetEncodingEstimator CountTargetEncode(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        string labelColumn = Defaults.LabelColumnName, CountTableBuilderBase? builder = null, float priorCoefficient = Defaults.PriorCoefficient,
        float laplaceScale = Defaults.LaplaceScale, bool sharedTable = false, int numberOfBits = HashingEstimator.Defaults.NumberOfBits,
        bool combine = HashingEstimator.Defaults.Combine, uint hashingSeed = HashingEstimator.Defaults.Seed)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new(catalog.Environment, Array.ConvertAll(columns, pair =>
            new HashingEstimator.ColumnOptions(pair.OutputColumnName, pair.InputColumnName, numberOfBits, hashingSeed, combine: combine)), labelColumn, builder, priorCoefficient, laplaceScale);
    }

    /// <summary>Goes on counting from counts that were learned before.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="initialCounts">The counts.</param>
    /// <param name="inputColumnName">The column of categories; the output's name when left out.</param>
    /// <param name="labelColumn">The label.</param>
    public static CountTargetEncodingEstimator CountTargetEncode(this TransformsCatalog catalog, string outputColumnName, CountTargetEncodingTransformer initialCounts,
        string? inputColumnName = null, string labelColumn = Defaults.LabelColumnName) =>
        catalog.CountTargetEncode([new InputOutputColumnPair(outputColumnName, inputColumnName)], initialCounts, labelColumn);

    /// <summary>Goes on counting from counts that were learned before.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="initialCounts">The counts.</param>
    /// <param name="labelColumn">The label.</param>
    public static CountTargetEncodingEstimator CountTargetEncode(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        CountTargetEncodingTransformer initialCounts, string labelColumn = Defaults.LabelColumnName) => new(catalog.Environment, columns, labelColumn, initialCounts);
}
