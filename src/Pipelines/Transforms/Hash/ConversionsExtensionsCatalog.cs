using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Makes keys out of values by hashing them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The key column that is made.</param>
    /// <param name="inputColumnName">The column to hash; the output's name when left out.</param>
    /// <param name="numberOfBits">How many bits of the hash are kept: 1 to 31.</param>
    /// <param name="maximumNumberOfInverts">How many values are kept for each key, to tell what it stands for: 0 for none, -1 for all.</param>
    public static HashingEstimator Hash(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int numberOfBits = HashingEstimator.Defaults.NumberOfBits, int maximumNumberOfInverts = HashingEstimator.Defaults.MaximumNumberOfInverts) =>
        catalog.Hash(new HashingEstimator.ColumnOptions(outputColumnName, inputColumnName, numberOfBits, maximumNumberOfInverts: maximumNumberOfInverts));

    /// <summary>Makes keys out of values by hashing them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columns">How each column is hashed.</param>
    public static HashingEstimator Hash(this TransformsCatalog.ConversionTransforms catalog, params HashingEstimator.ColumnOptions[] columns) =>
        new(catalog.Environment, columns);
}
