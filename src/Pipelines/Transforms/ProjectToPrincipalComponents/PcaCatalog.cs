using MLPipelines.Transforms;
using static MLPipelines.Transforms.PrincipalComponentAnalyzer;

namespace MLPipelines;

public static partial class PcaCatalog
{
    /// <summary>Projects vectors onto the directions of most variance.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made: a vector of <see cref="float"/>.</param>
    /// <param name="inputColumnName">The column to project: a vector of <see cref="float"/> of known size; the output's name when left out.</param>
    /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> for 1.</param>
    /// <param name="rank">How many directions, at most as many as the vectors have slots.</param>
    /// <param name="overSampling">How many more directions are looked at to find them.</param>
    /// <param name="ensureZeroMean">Whether the mean of the rows is taken off them.</param>
    /// <param name="seed">Fixes the random start; without it, the seed of the context does.</param>
    public static PrincipalComponentAnalyzer ProjectToPrincipalComponents(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        string? exampleWeightColumnName = null, int rank = Defaults.Rank, int overSampling = Defaults.Oversampling, bool ensureZeroMean = Defaults.EnsureZeroMean, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), exampleWeightColumnName, rank, overSampling, ensureZeroMean, seed);
    }
}
