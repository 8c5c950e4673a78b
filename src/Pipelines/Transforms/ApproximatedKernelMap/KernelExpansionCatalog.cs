using MLPipelines.Transforms;
using static MLPipelines.Transforms.ApproximatedKernelMappingEstimator;

namespace MLPipelines;

/// <summary>Transforms to the feature space of a kernel.</summary>
public static class KernelExpansionCatalog
{
    /// <summary>Maps vectors to random features whose inner products are near the values of a kernel.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made: a vector of <see cref="float"/>.</param>
    /// <param name="inputColumnName">The column to map: a vector of <see cref="float"/> of known size; the output's name when left out.</param>
    /// <param name="rank">How many random frequencies there are: 1 or more.</param>
    /// <param name="useCosAndSinBases">Whether each frequency gives a cosine and a sine, two features, rather than a cosine with a random phase.</param>
    /// <param name="generator">The kernel: <see cref="GaussianKernel"/> when left out, or <see cref="LaplacianKernel"/>.</param>
    /// <param name="seed">Fixes the frequencies; without it, the seed of the context does.</param>
    public static ApproximatedKernelMappingEstimator ApproximatedKernelMap(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int rank = Defaults.Rank, bool useCosAndSinBases = Defaults.UseCosAndSinBases, KernelBase? generator = null, int? seed = null) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), rank, useCosAndSinBases, generator, seed);
}
