using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Draws the frequencies and phases of random features again: a file has only where chance stood. The payload of a distribution is the size of a number and its width.</summary>
internal static class RandomFrequencies
{
    internal static (float[] Frequencies, float[] Phases) Draw(Component component, TauswortheRandom random, int rank, int size, bool useSines)
    {
        Payload payload = component.OpenPayload();
        payload.SizeOfSingle();
        float width = payload.Single();
        if (!(width > 0 && float.IsFinite(width))) throw component.Invalid($"its width is {width}");
        KernelBase kernel = component.Header.Loader switch
        {
            "RandGaussFourierExec" => new GaussianKernel(width),
            "RandLaplaceFourierExec" => new LaplacianKernel(width),
            _ => throw ComponentTables.Unknown(component, "distribution"),
        };
        float[] frequencies = new float[rank * size];
        for (int i = 0; i < frequencies.Length; i++) frequencies[i] = kernel.NextFrequency(random, 1);
        float[] phases = new float[useSines ? 0 : rank];
        for (int i = 0; i < phases.Length; i++) phases[i] = (random.NextSingle() - 0.5f) * MathF.PI;
        return (frequencies, phases);
    }
}
