using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms of categories.</summary>
public static partial class CategoricalCatalog
{
    /// <summary>Learns the categories of a column and makes a vector with one slot per category.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of categories; the output's name when left out.</param>
    /// <param name="outputKind">What is made of a category.</param>
    /// <param name="maximumNumberOfKeys">How many categories there are at most: those that occur first.</param>
    /// <param name="keyOrdinality">In which order the categories get their slots.</param>
    /// <param name="keyData">A view of one column whose values are the categories, in place of those of the data.</param>
    public static OneHotEncodingEstimator OneHotEncoding(this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName, string? inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.Defaults.OutKind,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.Defaults.MaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.Defaults.Ordinality,
        IDataView? keyData = null) =>
        catalog.OneHotEncoding([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputKind, maximumNumberOfKeys, keyOrdinality, keyData);

    /// <inheritdoc cref="OneHotEncoding(TransformsCatalog.CategoricalTransforms, string, string?, OneHotEncodingEstimator.OutputKind, int, ValueToKeyMappingEstimator.KeyOrdinality, IDataView?)"/>
    public static OneHotEncodingEstimator OneHotEncoding(this TransformsCatalog.CategoricalTransforms catalog, InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.Defaults.OutKind,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.Defaults.MaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.Defaults.Ordinality,
        IDataView? keyData = null) =>
        new(catalog.Environment, columns, outputKind, maximumNumberOfKeys, keyOrdinality, keyData);
}
