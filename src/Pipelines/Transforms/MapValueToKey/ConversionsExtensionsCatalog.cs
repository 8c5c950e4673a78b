using MLPipelines.Transforms;
using static MLPipelines.Transforms.ValueToKeyMappingEstimator;

namespace MLPipelines;

/// <summary>Conversions between types, and between values and keys.</summary>
public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Makes keys out of values: the categories of a label or a feature.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The key column that is made.</param>
    /// <param name="inputColumnName">The column of values; the output's name when left out.</param>
    /// <param name="maximumNumberOfKeys">How many values get a key: those that occur first.</param>
    /// <param name="keyOrdinality">In which order values get their keys.</param>
    /// <param name="addKeyValueAnnotationsAsText">Whether the values are kept as text, whatever their type.</param>
    /// <param name="keyData">A view of one column whose values are the keys, in place of those of the data.</param>
    public static ValueToKeyMappingEstimator MapValueToKey(this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName, string? inputColumnName = null,
        int maximumNumberOfKeys = Defaults.MaximumNumberOfKeys, KeyOrdinality keyOrdinality = Defaults.Ordinality,
        bool addKeyValueAnnotationsAsText = Defaults.AddKeyValueAnnotationsAsText, IDataView? keyData = null) =>
        catalog.MapValueToKey([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    /// <inheritdoc cref="MapValueToKey(TransformsCatalog.ConversionTransforms, string, string?, int, KeyOrdinality, bool, IDataView?)"/>
    public static ValueToKeyMappingEstimator MapValueToKey(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = Defaults.MaximumNumberOfKeys, KeyOrdinality keyOrdinality = Defaults.Ordinality,
        bool addKeyValueAnnotationsAsText = Defaults.AddKeyValueAnnotationsAsText, IDataView? keyData = null) =>
        new(catalog.Environment, columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);
}
