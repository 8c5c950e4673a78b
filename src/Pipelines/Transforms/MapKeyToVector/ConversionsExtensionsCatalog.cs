using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Makes a vector with one slot per key out of a key.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="inputColumnName">The key column; the output's name when left out.</param>
    /// <param name="outputCountVector">Whether the keys of a vector share their slots, which then count them.</param>
    public static KeyToVectorMappingEstimator MapKeyToVector(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        string? inputColumnName = null, bool outputCountVector = KeyToVectorMappingEstimator.Defaults.OutputCountVector) =>
        catalog.MapKeyToVector([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputCountVector);

    /// <inheritdoc cref="MapKeyToVector(TransformsCatalog.ConversionTransforms, string, string?, bool)"/>
    public static KeyToVectorMappingEstimator MapKeyToVector(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns,
        bool outputCountVector = KeyToVectorMappingEstimator.Defaults.OutputCountVector) => new(catalog.Environment, columns, outputCountVector);
}
