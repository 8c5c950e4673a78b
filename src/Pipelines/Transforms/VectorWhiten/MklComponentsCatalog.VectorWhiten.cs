using MLPipelines.Transforms;
using static MLPipelines.Transforms.VectorWhiteningEstimator;

namespace MLPipelines;

/// <summary>What ML.NET needs Intel's Math Kernel Library for, under the same name; here it is managed code.</summary>
public static partial class MklComponentsCatalog
{
    /// <summary>Makes the slots of vectors uncorrelated, with a second moment of 1.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made: a vector of <see cref="float"/>.</param>
    /// <param name="inputColumnName">The column to whiten: a vector of <see cref="float"/> of known size; the output's name when left out.</param>
    /// <param name="kind">The rotation that the vectors are left in.</param>
    /// <param name="epsilon">What is added to each second moment, so that directions without variance are not blown up: above 0.</param>
    /// <param name="maximumNumberOfRows">How many rows to learn from: those that come first.</param>
    /// <param name="rank">How many directions of most variance to keep, 0 for all; of no effect with the zero-phase kind.</param>
    public static VectorWhiteningEstimator VectorWhiten(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        WhiteningKind kind = Defaults.Kind, float epsilon = Defaults.Epsilon, int maximumNumberOfRows = Defaults.MaximumNumberOfRows, int rank = Defaults.Rank) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), kind, epsilon, maximumNumberOfRows, rank);
}
