using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text at spaces and counts the n-grams of the words in a fixed number of slots. Words are hashed to 30 bits, n-grams of these hashes to
/// slots. Nothing is learned, except names of slots when they are asked for.
/// </summary>
public sealed class WordHashBagEstimator : IEstimator<ITransformer>
{
    private readonly NgramHashingPlan _plan;

    internal WordHashBagEstimator(string outputColumnName, string[] inputColumnNames, NgramHash hash, int maximumNumberOfInverts) =>
        _plan = new NgramHashingPlan(NgramItems.Words, outputColumnName, inputColumnNames, hash, maximumNumberOfInverts);

    public ITransformer Fit(IDataView input) => _plan.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    internal const int DefaultNgramLength = 1;
}
