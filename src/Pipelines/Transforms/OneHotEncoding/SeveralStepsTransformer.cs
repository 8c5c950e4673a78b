using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A transformer that is nothing but others, one after the other. It is saved as the steps that it is made of.</summary>
public abstract class SeveralStepsTransformer : ITransformer, ITransformerChain
{
    private readonly TransformerChain<ITransformer> _steps;

    private protected SeveralStepsTransformer(ITransformer[] steps) => _steps = new TransformerChain<ITransformer>(steps);

    public bool IsRowToRowMapper => _steps.IsRowToRowMapper;

    IReadOnlyList<ITransformer> ITransformerChain.Transformers => ((ITransformerChain)_steps).Transformers;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _steps.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _steps.Transform(input);
}
