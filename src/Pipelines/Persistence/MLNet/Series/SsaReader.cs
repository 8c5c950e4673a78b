using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// A singular spectrum analysis: the length of the series, of the window, and of what was trained on; the rank, the discount, how the rank was chosen, whether there are components; the coefficients and the state, both after their number;
/// whether there are bounds, the variances of observations and of the recursion, their means, the next prediction, the highest rank, whether it was stabilized, whether facts are kept, the highest growth; the components after their
/// number, and a vector of no use; and the last observations as a buffer.
/// </summary>
internal static class SsaReader
{
    internal readonly record struct Lengths(int WindowSize, int SeriesLength, int TrainSize, int MaxRank);

    internal static (SsaSeries Series, Lengths Settings) Read(Component component)
    {
        if (component.Header.Loader != "SSAModel" || component.Version != 0x00010002) throw ComponentTables.Unknown(component, "model");
        Payload payload = component.OpenPayload();
        int length = payload.Int32(3, int.MaxValue, "the length of the series"), window = payload.Int32(2, length - 1, "the length of the window");
        int trained = payload.Int32(2, int.MaxValue, "what was trained on"), rank = payload.Int32(1, window - 1, "the rank");
        payload.Single();
        payload.Byte();
        bool hasComponents = payload.Bool();
        float[] coefficients = Exactly(component, payload, window - 1), state = Exactly(component, payload, window - 1);
        payload.Bool();
        float observation = payload.Single(), recursion = payload.Single(), observationMean = payload.Single(), recursionMean = payload.Single();
        if (!(observation >= 0 && recursion >= 0) || observationMean != 0 || recursionMean != 0) throw component.Invalid("not supported: noise that has a mean, or a variance below 0");
        payload.Single();
        int maxRank = payload.Int32(1, window - 1, "the highest rank");
        payload.Bool();
        payload.Bool();
        payload.Double();
        if (!hasComponents || (long)trained <= 2L * window) throw component.Invalid("it was not trained");
        float[] basis = Exactly(component, payload, checked(rank * window));
        payload.Array<float>();
        var (_, last) = SeriesReaders.Buffer(component, payload, p => p.Single());
        // What has been observed: where that is less than a window, the signal stands for it at first, and 0 for what would be before.
        float[] both = new float[2 * (window - 1)];
        state.CopyTo(both, 0);
        ReadOnlySpan<float> observed = last.Length == 0 ? state : last.AsSpan(Math.Max(0, last.Length - (window - 1)));
        observed.CopyTo(both.AsSpan(both.Length - observed.Length));
        var settings = new Lengths(window, length, trained, maxRank);
        return (SsaSeries.Of(new SsaSettings(window, RankSelectionMethod.Fixed, rank, maxRank), new SsaRecursion<float>(basis, coefficients, observation, recursion), both), settings);
    }

    private static float[] Exactly(Component component, Payload payload, int count)
    {
        int found = payload.Int32();
        return found == count ? payload.Finite(count) : throw component.Invalid($"{found} numbers, expected {count}");
    }
}
