using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Counts the n-grams of key vectors in a fixed number of slots, which n-grams are hashed to. Nothing is learned, except names of slots
/// when they are asked for; several n-grams can share a slot.
/// </summary>
public sealed class NgramHashingEstimator : IEstimator<NgramHashingTransformer>
{
    private readonly NgramHashingPlan _plan;

    internal NgramHashingEstimator(string outputColumnName, string[] inputColumnNames, NgramHash hash, int maximumNumberOfInverts) =>
        _plan = new NgramHashingPlan(NgramItems.Keys, outputColumnName, inputColumnNames, hash, maximumNumberOfInverts);

    public NgramHashingTransformer Fit(IDataView input) => _plan.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    internal static class Defaults
    {
        internal const int NgramLength = 2;
        internal const bool UseAllLengths = true;
        internal const int SkipLength = 0;
        internal const int NumberOfBits = 16;
        internal const uint Seed = 314489979;
        internal const bool RehashUnigrams = false;
        internal const bool UseOrderedHashing = true;
        internal const int MaximumNumberOfInverts = 0;
    }
}
