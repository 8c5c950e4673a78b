using MLPipelines.Data;
using MLPipelines.Transforms;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that make vectors of vectors.</summary>
internal static class VectorReaders
{
    /// <summary>Pairs; of each whether the mean is taken off, the norm, the scale. Before version 3 the size of a number comes first.</summary>
    internal static void LpNorm(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010003) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        var steps = new Queue<LpNormNormalizingTransformer>();
        foreach (InputOutputColumnPair pair in pairs)
        {
            bool zeroMean = payload.Bool();
            var norm = (NormFunction)payload.Byte();
            if (!Enum.IsDefined(norm)) throw component.Invalid($"norm {(int)norm} is not known");
            float scale = payload.Single();
            if (!(scale > 0 && float.IsFinite(scale))) throw component.Invalid($"its scale is {scale}");
            steps.Enqueue(new LpNormNormalizingTransformer(pair, norm, zeroMean, scale));
        }
        chain.AddEach(component, pairs, _ => steps.Dequeue());
    }

    /// <summary>Pairs; of each the size of the vectors, how many directions, these, and after their number (0 for none) the projections of the mean. Version 1 has the size of a number first.</summary>
    internal static void PrincipalComponents(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010002) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        var mappings = new PrincipalProjection[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int size = payload.Int32(1, int.MaxValue, "the size of the vectors"), rank = payload.Int32(1, size, "the number of directions");
            float[] directions = Matrix(component, payload, rank, size);
            int means = payload.Int32();
            if (means != 0 && means != rank) throw component.Invalid($"{means} projections of the mean onto {rank} directions");
            mappings[i] = new PrincipalProjection(pairs[i], new RowMatrix(directions, rank, size), means == 0 ? new float[rank] : payload.Finite(rank));
        }
        chain.Add(new PrincipalComponentAnalysisTransformer(mappings), pairs);
    }

    /// <summary>
    /// Pairs; of each the size of the vectors, how many frequencies, whether sines are made too, and the four words of the state of the random numbers that the frequencies, and without sines the phases, are drawn
    /// from. What distribution they have is in a component of its own, <c>MatrixGenerator</c>i. Version 1 has the size of a number first.
    /// </summary>
    internal static void RandomFeatures(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010002) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        var mappings = new KernelFeatures[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int size = payload.Int32(1, int.MaxValue, "the size of the vectors"), rank = payload.Int32(1, int.MaxValue, "the number of frequencies");
            component.Claim((long)size * rank * 4, "random features");
            bool useSines = payload.Bool();
            int words = payload.Int32();
            if (words != 4) throw component.Invalid($"a state of {words} words, expected 4");
            var random = new TauswortheRandom(payload.UInt32(), payload.UInt32(), payload.UInt32(), payload.UInt32());
            var (frequencies, phases) = RandomFrequencies.Draw(component.Inner($"MatrixGenerator{i}"), random, rank, size, useSines);
            mappings[i] = new KernelFeatures(pairs[i], new RowMatrix(frequencies, rank, size), phases);
        }
        chain.Add(new ApproximatedKernelTransformer(mappings), pairs);
    }

    internal static float[] Matrix(Component component, Payload payload, int rows, int columns) =>
        (long)rows * columns * sizeof(float) <= payload.Left ? payload.Finite(rows * columns) : throw component.Invalid($"{rows} rows of {columns} numbers where {payload.Left} bytes are left");
}
