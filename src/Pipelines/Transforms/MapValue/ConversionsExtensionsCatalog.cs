using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Puts other values in place of values, as pairs say.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="keyValuePairs">What is put in place of what. Every value to be replaced is there once.</param>
    /// <param name="inputColumnName">The column of values to be replaced; the output's name when left out.</param>
    /// <param name="treatValuesAsKeyType">Whether the new values are categories: a key column is made, in which whole numbers are the keys themselves
    /// and other values get keys in the order that they are in.</param>
    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName, IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs, string? inputColumnName = null, bool treatValuesAsKeyType = false) =>
        new(catalog.Environment, ValueMap.Of(keyValuePairs, treatValuesAsKeyType), new InputOutputColumnPair(outputColumnName, inputColumnName));

    /// <summary>Puts vectors in place of values, as pairs say.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="keyValuePairs">What is put in place of what. Every value to be replaced is there once.</param>
    /// <param name="inputColumnName">The column of values to be replaced; the output's name when left out.</param>
    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName, IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs, string? inputColumnName = null) =>
        new(catalog.Environment, ValueMap.Of(keyValuePairs, treatValuesAsKeyType: false), new InputOutputColumnPair(outputColumnName, inputColumnName));

    /// <summary>Puts other values in place of values, as the rows of a view say.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="lookupMap">The view.</param>
    /// <param name="keyColumn">Its column of values to be replaced; each is there once.</param>
    /// <param name="valueColumn">Its column of values to put in their place.</param>
    /// <param name="inputColumnName">The column of values to be replaced; the output's name when left out.</param>
    public static ValueMappingEstimator MapValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        IDataView lookupMap, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(lookupMap);
        return new(catalog.Environment, ValueMap.Of(BatchView.Of(lookupMap), keyColumn, valueColumn), new InputOutputColumnPair(outputColumnName, inputColumnName));
    }
}
