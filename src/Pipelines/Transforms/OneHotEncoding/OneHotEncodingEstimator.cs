using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Learns the categories of a column and makes a vector with one slot per category, 1 for the one that is there. A missing
/// value, and a category that was not there to learn from, has zeros only. Slots are named as the categories.
/// It is <see cref="ValueToKeyMappingEstimator"/> and then <see cref="KeyToVectorMappingEstimator"/> or its like.
/// </summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    internal static class Defaults
    {
        internal const OutputKind OutKind = OutputKind.Indicator;
    }

    private readonly ValueToKeyMappingEstimator _toKeys;
    private readonly IEstimator<ITransformer>? _toVectors;

    internal OneHotEncodingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, OutputKind outputKind,
        int maximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality, IDataView? keyData)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _toKeys = new ValueToKeyMappingEstimator(environment, columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText: true, keyData);
        _toVectors = VectorsOf(environment, [.. columns.Select(pair => pair.OutputColumnName)], outputKind);
    }

    /// <summary>What is made of a category.</summary>
    [SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "As in the API that is kept.")]
    [SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "As in the API that is kept.")]
    public enum OutputKind : byte
    {
        /// <summary>One slot per category; of a vector, how often each category is there.</summary>
        Bag = 1,

        /// <summary>One slot per category; of a vector, those of its items side by side.</summary>
        Indicator = 2,

        /// <summary>A key.</summary>
        Key = 3,

        /// <summary>The key as a binary number, a slot per bit.</summary>
        Binary = 4,
    }

    /// <summary>What makes the wanted kind of output out of key columns; <see langword="null"/> when keys are wanted.</summary>
    internal static IEstimator<ITransformer>? VectorsOf(TrainingEnvironment environment, IEnumerable<string> keyColumns, OutputKind kind)
    {
        InputOutputColumnPair[] keys = [.. keyColumns.Select(name => new InputOutputColumnPair(name))];
        return kind switch
        {
            OutputKind.Key => null,
            OutputKind.Indicator or OutputKind.Bag => new KeyToVectorMappingEstimator(environment, keys, kind == OutputKind.Bag),
            OutputKind.Binary => new KeyToBinaryVectorMappingEstimator(environment, keys),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected Bag, Indicator, Key or Binary."),
        };
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        ValueToKeyMappingTransformer keys = _toKeys.Fit(input);
        return _toVectors is null ? new OneHotEncodingTransformer(keys) : new OneHotEncodingTransformer(keys, _toVectors.Fit(keys.Transform(input)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape keys = _toKeys.GetOutputSchema(inputSchema);
        return _toVectors?.GetOutputSchema(keys) ?? keys;
    }
}

/// <summary>Makes vectors out of categories; see <see cref="OneHotEncodingEstimator"/>.</summary>
public sealed class OneHotEncodingTransformer : SeveralStepsTransformer
{
    internal OneHotEncodingTransformer(params ITransformer[] steps) : base(steps) { }
}
