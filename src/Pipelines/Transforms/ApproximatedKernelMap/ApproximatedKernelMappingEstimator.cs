using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Maps vectors of <see cref="float"/> to random features whose inner products are near the values of a kernel, so that a
/// linear trainer learns what a kernel machine would (Rahimi and Recht 2007, "Random features for large-scale kernel machines"):
/// √(2 / rank) · cos(w·x + b), or √(1 / rank) · (cos w·x, sin w·x), with frequencies w drawn from the kernel's Fourier transform
/// and phases b. What is learned is the typical distance of rows, from a sample of up to 5000 rows that is held in memory.
/// </summary>
public sealed class ApproximatedKernelMappingEstimator : OneToOneEstimator<ApproximatedKernelTransformer>
{
    internal static class Defaults
    {
        internal const int Rank = 1000;
        internal const bool UseCosAndSinBases = false;
    }

    private readonly int _rank;
    private readonly bool _useCosAndSinBases;
    private readonly KernelBase _kernel;
    private readonly int? _seed;

    internal ApproximatedKernelMappingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, int rank, bool useCosAndSinBases, KernelBase? generator, int? seed)
        : base(environment, "ApproximatedKernelMap", columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        (_rank, _useCosAndSinBases, _kernel, _seed) = (rank, useCosAndSinBases, generator ?? new GaussianKernel(), seed);
    }

    protected override ApproximatedKernelTransformer Fit(BatchView input)
    {
        DataViewSchema.Column column = input.Schema[Columns[0].InputColumnName];
        int size = ((VectorDataViewType)column.Type).Size;
        // A seed that is given for this step is taken as it is, which gives the features that ML.NET gives.
        int seed = _seed ?? Environment.SeedFor(Name);
        float distance = TypicalDistance.Of(input, column, _kernel, seed, Environment.CancellationToken);
        var random = new TauswortheRandom((uint)seed);
        float[] frequencies = new float[checked(_rank * size)];
        foreach (ref float frequency in frequencies.AsSpan()) frequency = _kernel.NextFrequency(random, distance);
        float[] phases = new float[_useCosAndSinBases ? 0 : _rank];
        // Half a turn is enough: what is to vanish goes by twice the phase.
        foreach (ref float phase in phases.AsSpan()) phase = (random.NextSingle() - 0.5f) * MathF.PI;
        return new ApproximatedKernelTransformer([new KernelFeatures(Columns[0], new RowMatrix(frequencies, _rank, size), phases)]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        input.Kind == SchemaShape.Column.VectorKind.Vector && !input.IsKey && input.ItemType.Equals(NumberDataViewType.Single)
            ? new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false) : throw WrongType(input, RowMatrix.Expected);
}
