namespace MLPipelines.Transforms;

/// <summary>
/// Hashes categories and makes a vector with one slot per hash, 1 for the one that is there: no category must be known
/// beforehand, and different ones may share a slot. It is <see cref="HashingEstimator"/> and then
/// <see cref="KeyToVectorMappingEstimator"/> or its like.
/// </summary>
public sealed class OneHotHashEncodingEstimator : IEstimator<OneHotHashEncodingTransformer>
{
    internal static class Defaults
    {
        internal const int NumberOfBits = 16;
        internal const uint Seed = HashingEstimator.Defaults.Seed;
        internal const bool UseOrderedHashing = true;
        internal const int MaximumNumberOfInverts = 0;
    }

    private readonly HashingEstimator _toKeys;
    private readonly IEstimator<ITransformer>? _toVectors;

    internal OneHotHashEncodingEstimator(TrainingEnvironment environment, HashingEstimator.ColumnOptions[] columns, OneHotEncodingEstimator.OutputKind outputKind)
    {
        _toKeys = new HashingEstimator(environment, columns);
        _toVectors = OneHotEncodingEstimator.VectorsOf(environment, columns.Select(c => c.Name), outputKind);
    }

    public OneHotHashEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        HashingTransformer keys = _toKeys.Fit(input);
        return _toVectors is null ? new OneHotHashEncodingTransformer(keys) : new OneHotHashEncodingTransformer(keys, _toVectors.Fit(keys.Transform(input)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape keys = _toKeys.GetOutputSchema(inputSchema);
        return _toVectors?.GetOutputSchema(keys) ?? keys;
    }
}

/// <summary>Makes vectors out of hashed categories; see <see cref="OneHotHashEncodingEstimator"/>.</summary>
public sealed class OneHotHashEncodingTransformer : SeveralStepsTransformer
{
    internal OneHotHashEncodingTransformer(params ITransformer[] steps) : base(steps) { }
}
