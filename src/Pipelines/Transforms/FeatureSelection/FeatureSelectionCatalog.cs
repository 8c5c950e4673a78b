using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms that keep some features and leave the others out.</summary>
public static class FeatureSelectionCatalog
{
    /// <summary>Keeps the slots of a column that tell most about the label.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of features; the output's name when left out.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="slotsInOutput">How many slots are kept at most, of all columns together.</param>
    /// <param name="numberOfBins">How many different values of a number are told apart: more are put together into so many groups.</param>
    public static MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(this TransformsCatalog.FeatureSelectionTransforms catalog,
        string outputColumnName, string? inputColumnName = null, string labelColumnName = MutualInformationFeatureSelectingEstimator.Defaults.LabelColumnName,
        int slotsInOutput = MutualInformationFeatureSelectingEstimator.Defaults.SlotsInOutput,
        int numberOfBins = MutualInformationFeatureSelectingEstimator.Defaults.NumberOfBins) =>
        catalog.SelectFeaturesBasedOnMutualInformation([new InputOutputColumnPair(outputColumnName, inputColumnName)], labelColumnName, slotsInOutput, numberOfBins);

    /// <inheritdoc cref="SelectFeaturesBasedOnMutualInformation(TransformsCatalog.FeatureSelectionTransforms, string, string?, string, int, int)"/>
    public static MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(this TransformsCatalog.FeatureSelectionTransforms catalog,
        InputOutputColumnPair[] columns, string labelColumnName = MutualInformationFeatureSelectingEstimator.Defaults.LabelColumnName,
        int slotsInOutput = MutualInformationFeatureSelectingEstimator.Defaults.SlotsInOutput,
        int numberOfBins = MutualInformationFeatureSelectingEstimator.Defaults.NumberOfBins) =>
        new(catalog.Environment, columns, labelColumnName, slotsInOutput, numberOfBins);

    /// <summary>Keeps the slots of a column that are neither zero nor missing often enough.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of features; the output's name when left out.</param>
    /// <param name="count">In how many rows a slot must be neither zero, nor NaN, nor empty text.</param>
    public static CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(this TransformsCatalog.FeatureSelectionTransforms catalog,
        string outputColumnName, string? inputColumnName = null, long count = CountFeatureSelectingEstimator.Defaults.Count) =>
        catalog.SelectFeaturesBasedOnCount([new InputOutputColumnPair(outputColumnName, inputColumnName)], count);

    /// <inheritdoc cref="SelectFeaturesBasedOnCount(TransformsCatalog.FeatureSelectionTransforms, string, string?, long)"/>
    public static CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(this TransformsCatalog.FeatureSelectionTransforms catalog,
        InputOutputColumnPair[] columns, long count = CountFeatureSelectingEstimator.Defaults.Count) => new(catalog.Environment, columns, count);
}
