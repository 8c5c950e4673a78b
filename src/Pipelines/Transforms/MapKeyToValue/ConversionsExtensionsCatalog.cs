using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Turns keys back into the values that they stand for.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column of values that is made.</param>
    /// <param name="inputColumnName">The key column; the output's name when left out.</param>
    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
        catalog.MapKeyToValue([new InputOutputColumnPair(outputColumnName, inputColumnName)]);

    /// <inheritdoc cref="MapKeyToValue(TransformsCatalog.ConversionTransforms, string, string?)"/>
    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) =>
        new(catalog.Environment, columns);
}
