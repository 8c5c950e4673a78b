using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>What a normalizer learned of one column; numbers are as wide as those of the column.</summary>
internal static class NormalizerFunctions
{
    internal static NormalizerFunction Read(Component component, int slots, bool isSingle)
    {
        Payload payload = component.OpenPayload();
        switch (component.Header.Loader)
        {
            case "AffineNormExec" when component.Version == 0x00010003: return Affine(component, payload, slots, isSingle);
            case "CdfNormalizeFunction" when component.Version == 0x00010001: return Distribution(component, payload, slots, isSingle);
            case "BinNormalizeFunction" when component.Version == 0x00010001:
                bool fixZero = payload.Bool();
                Component bins = component.Inner("BinNormalizer");
                return new BinningFunction(Bounds(bins, bins.OpenPayload(), slots, isSingle), fixZero);
            default: throw ComponentTables.Unknown(component, "function");
        }
    }

    /// <summary>
    /// The size of a number, the number of slots; how many of them are changed (−1 for all) and their indices; how many scales, and these; how many offsets
    /// (0 where there are none), and these. A number x becomes (x − offset) · scale.
    /// </summary>
    private static ScalingFunction Affine(Component component, Payload payload, int slots, bool isSingle)
    {
        Expect(component, payload.Int32(), isSingle ? sizeof(float) : sizeof(double), "bytes of a number");
        Expect(component, payload.Int32(), slots, "slots");
        int changed = payload.Int32(-1, slots, "the number of slots that are changed");
        if (changed >= 0) component.Claim(4L * slots, "slots");
        int[] indices = changed < 0 ? [] : payload.Array<int>(changed);
        int count = changed < 0 ? slots : changed;
        Expect(component, payload.Int32(), count, "scales");
        double[] scales = Numbers(payload, count, isSingle);
        int offsetCount = payload.Int32();
        if (offsetCount != 0) Expect(component, offsetCount, count, "offsets");
        double[] offsets = offsetCount == 0 ? new double[count] : Numbers(payload, count, isSingle);
        if (Array.Exists(scales, double.IsNaN) || Array.Exists(offsets, double.IsNaN)) throw component.Invalid("a scale or an offset is NaN");
        var result = new SlotScale[slots];
        Array.Fill(result, new SlotScale(0, 1));
        for (int i = 0, previous = -1; i < count; i++)
        {
            int slot = changed < 0 ? i : indices[i];
            if (slot <= previous || slot >= slots) throw component.Invalid("the slots that are changed do not rise, or are beyond the vector");
            result[slot] = new SlotScale(scales[i] == 0 ? 0 : offsets[i], scales[i]);
            previous = slot;
        }
        return new ScalingFunction(ScalingFunction.Affine, result);
    }

    /// <summary>The size of a number, whether logarithms are taken, the number of slots, the means, the standard deviations.</summary>
    private static ScalingFunction Distribution(Component component, Payload payload, int slots, bool isSingle)
    {
        Expect(component, payload.Int32(), isSingle ? sizeof(float) : sizeof(double), "bytes of a number");
        bool useLog = payload.Bool();
        Expect(component, payload.Int32(), slots, "slots");
        double[] means = Numbers(payload, slots, isSingle), deviations = Numbers(payload, slots, isSingle);
        double least = isSingle ? float.Epsilon : double.Epsilon;
        return new ScalingFunction(useLog ? ScalingFunction.ApproximateLogDistribution : ScalingFunction.ApproximateDistribution,
            [.. Enumerable.Range(0, slots).Select(i => new SlotScale(means[i], deviations[i] > least ? 1 / deviations[i] : 0))]);
    }

    /// <summary>The size of a number, the number of slots, and of each how many bounds, and these, which rise to infinity.</summary>
    private static double[][] Bounds(Component component, Payload payload, int slots, bool isSingle)
    {
        Expect(component, payload.Int32(), isSingle ? sizeof(float) : sizeof(double), "bytes of a number");
        Expect(component, payload.Int32(), slots, "slots");
        if (slots > payload.Left) throw component.Invalid($"it states {slots} slots where {payload.Left} bytes are left");
        double[][] bounds = new double[slots][];
        for (int slot = 0; slot < slots; slot++)
        {
            double[] all = Numbers(payload, payload.Count(isSingle ? sizeof(float) : sizeof(double), least: 1), isSingle);
            bool rises = double.IsPositiveInfinity(all[^1]);
            for (int i = 1; i < all.Length; i++) rises &= all[i] > all[i - 1];
            bounds[slot] = rises ? all[..^1] : throw component.Invalid($"the bounds of slot {slot} do not rise to infinity");
        }
        return bounds;
    }

    private static double[] Numbers(Payload payload, int count, bool isSingle) => isSingle ? Array.ConvertAll(payload.Array<float>(count), value => (double)value) : payload.Array<double>(count);

    private static void Expect(Component component, int found, int expected, string what)
    {
        if (found != expected) throw component.Invalid($"{found} {what}, expected {expected}");
    }
}
