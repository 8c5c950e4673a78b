using System.Collections;
using System.Collections.Immutable;

namespace MLPipelines.Data;

/// <summary>Transformers one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, ITransformerChain, IEnumerable<ITransformer>
    where TLastTransformer : class, ITransformer
{
    private readonly ImmutableArray<ITransformer> _transformers;

    public TransformerChain(params IEnumerable<ITransformer> transformers)
    {
        _transformers = [.. transformers];
        LastTransformer = _transformers.IsEmpty ? null! : (TLastTransformer)_transformers[^1];
    }

    public TLastTransformer LastTransformer { get; }

    public bool IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    IReadOnlyList<ITransformer> ITransformerChain.Transformers => _transformers;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        _transformers.Aggregate(inputSchema, (schema, transformer) => transformer.GetOutputSchema(schema));

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _transformers.Aggregate(input, (view, transformer) => transformer.Transform(view));
    }

    public TransformerChain<TNewTransformer> Append<TNewTransformer>(TNewTransformer transformer)
        where TNewTransformer : class, ITransformer => new([.. _transformers, transformer]);

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A chain whose last transformer's type does not matter.</summary>
internal interface ITransformerChain
{
    IReadOnlyList<ITransformer> Transformers { get; }

    /// <summary>The transformers of a chain, with the chains within it opened up; a single transformer is its own list.</summary>
    internal static IEnumerable<ITransformer> Flatten(ITransformer transformer) =>
        transformer is ITransformerChain chain ? chain.Transformers.SelectMany(Flatten) : [transformer];
}
