using MLPipelines.Transforms;
using static MLPipelines.Transforms.NormalizingEstimator;

namespace MLPipelines;

public static partial class NormalizationCatalog
{
    /// <summary>Puts numbers into bins of about the same count, and the bins evenly between 0 and 1.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first. They are held in memory.</param>
    /// <param name="fixZero">Whether 0 stays 0, so that sparse rows stay sparse.</param>
    /// <param name="maximumBinCount">How many bins there may be: 2 or more.</param>
    public static NormalizingEstimator NormalizeBinning(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched, int maximumBinCount = Defaults.MaximumBinCount) =>
        catalog.NormalizeBinning([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, maximumBinCount);

    /// <inheritdoc cref="NormalizeBinning(TransformsCatalog, string, string?, long, bool, int)"/>
    public static NormalizingEstimator NormalizeBinning(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched, int maximumBinCount = Defaults.MaximumBinCount) =>
        new(catalog.Environment, nameof(NormalizeBinning), columns, maximumExampleCount, new Normalizer.Binning(fixZero, maximumBinCount));

    /// <summary>Puts numbers into bins that tell the classes of a label apart, and the bins evenly between 0 and 1.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="labelColumnName">The label: a key, a truth value, or a number of which those above 0 are one class. Rows without a label are left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first. They are held in memory.</param>
    /// <param name="fixZero">Whether 0 stays 0, so that sparse rows stay sparse.</param>
    /// <param name="maximumBinCount">How many bins there may be: 2 or more.</param>
    /// <param name="mininimumExamplesPerBin">A bin with fewer rows is not split: 1 or more. The name is ML.NET's.</param>
    public static NormalizingEstimator NormalizeSupervisedBinning(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        string labelColumnName = "Label", long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched,
        int maximumBinCount = Defaults.MaximumBinCount, int mininimumExamplesPerBin = Defaults.MininimumBinSize) =>
        catalog.NormalizeSupervisedBinning([new InputOutputColumnPair(outputColumnName, inputColumnName)], labelColumnName, maximumExampleCount, fixZero, maximumBinCount, mininimumExamplesPerBin);

    /// <inheritdoc cref="NormalizeSupervisedBinning(TransformsCatalog, string, string?, string, long, bool, int, int)"/>
    public static NormalizingEstimator NormalizeSupervisedBinning(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        string labelColumnName = "Label", long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched,
        int maximumBinCount = Defaults.MaximumBinCount, int mininimumExamplesPerBin = Defaults.MininimumBinSize) =>
        new(catalog.Environment, nameof(NormalizeSupervisedBinning), columns, maximumExampleCount,
            new Normalizer.SupervisedBinning(labelColumnName, fixZero, maximumBinCount, mininimumExamplesPerBin));
}
