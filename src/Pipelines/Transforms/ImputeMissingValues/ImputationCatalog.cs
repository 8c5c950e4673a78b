using MLPipelines.Transforms;
using static MLPipelines.Transforms.MissingValueImputingEstimator;

namespace MLPipelines;

/// <summary>Transforms that guess missing values from others. ML.NET has none; the names follow its own.</summary>
public static class ImputationCatalog
{
    /// <summary>Fills each missing number (NaN) of a vector column from the other slots of its row, by linear equations.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column with missing values: a vector of known size; the output's name when left out.</param>
    /// <param name="l2Regularization">How much the equations are drawn to the mean, which keeps them stable where slots say the same: above 0.</param>
    /// <param name="maximumIterations">How many rounds there are at most: 1 or more.</param>
    /// <param name="tolerance">The rounds end when no filled number moved by more than this share of the largest number: 0 or more.</param>
    public static MissingValueImputingEstimator ImputeMissingValues(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        double l2Regularization = Defaults.L2Regularization, int maximumIterations = Defaults.MaximumIterations, double tolerance = Defaults.Tolerance) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), l2Regularization, maximumIterations, tolerance);
}
