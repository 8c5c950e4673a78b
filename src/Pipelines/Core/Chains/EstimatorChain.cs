namespace MLPipelines.Data;

/// <summary>
/// Estimators one after the other: each learns from what the transformers before it make of the data. The columns of the
/// whole chain are checked before any data is read.
/// </summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly ChainLink[] _links;
    private readonly bool _cacheNext;

    public EstimatorChain() : this([], cacheNext: false) { }

    internal EstimatorChain(ChainLink[] links, bool cacheNext) => (_links, _cacheNext) = (links, cacheNext);

    /// <summary>The last estimator of the chain.</summary>
    public IEstimator<TLastTransformer> LastEstimator => (IEstimator<TLastTransformer>)_links[^1].Estimator;

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var transformers = new ITransformer[_links.Length];
        IDataView data = input;
        for (int i = 0; i < _links.Length; i++)
        {
            if (_links[i].CacheInput) data = new CachedView(BatchView.Of(data));
            transformers[i] = _links[i].Estimator.Fit(data);
            if (i + 1 < _links.Length) data = transformers[i].Transform(data);
        }
        return new TransformerChain<TLastTransformer>(transformers);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape shape = inputSchema;
        foreach (ChainLink link in _links) shape = link.Estimator.GetOutputSchema(shape);
        return shape;
    }

    /// <summary>Adds an estimator at the end. This chain stays as it is.</summary>
    public EstimatorChain<TNewTransformer> Append<TNewTransformer>(IEstimator<TNewTransformer> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new EstimatorChain<TNewTransformer>([.. _links, new ChainLink(estimator, _cacheNext)], cacheNext: false);
    }

    /// <summary>Keeps what the chain has made up to here in memory while the estimators after it learn.</summary>
    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(MLContext? env = null) => new(_links, cacheNext: true);
}

/// <summary>One estimator of a chain, and whether its input is kept in memory while the rest of the chain learns.</summary>
internal readonly record struct ChainLink(IEstimator<ITransformer> Estimator, bool CacheInput);

/// <summary>When a transformer of a chain is used. The library uses every transformer always.</summary>
[Flags]
public enum TransformerScope
{
    None = 0,
    Training = 1,
    Testing = 2,
    Scoring = 4,
    TrainTest = Training | Testing,
    Everything = Training | Testing | Scoring,
}
