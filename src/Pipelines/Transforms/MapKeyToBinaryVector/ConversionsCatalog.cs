using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Writes a key as a binary number: a vector of zeros and ones.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="inputColumnName">The key column; the output's name when left out.</param>
    public static KeyToBinaryVectorMappingEstimator MapKeyToBinaryVector(this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName, string? inputColumnName = null) => new(catalog.Environment, [new InputOutputColumnPair(outputColumnName, inputColumnName)]);
}
