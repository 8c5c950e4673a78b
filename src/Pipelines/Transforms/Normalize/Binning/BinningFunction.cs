using System.Collections.Immutable;
using static MLPipelines.Transforms.NormalizingTransformer;

namespace MLPipelines.Transforms;

/// <summary>The index of the bin that an item falls in, brought to 0 … 1; with a fixed zero, less that of 0.</summary>
internal sealed class BinningFunction : NormalizerFunction
{
    internal const string Bins = "bins";

    private readonly double[][] _upperBounds;
    private readonly bool _fixZero;

    /// <param name="upperBounds">Of each slot, the rising numbers up to which its bins go; the last bin has no bound.</param>
    /// <param name="fixZero">Whether 0 stays 0.</param>
    internal BinningFunction(double[][] upperBounds, bool fixZero) => (_upperBounds, _fixZero) = (upperBounds, fixZero);

    private protected override string Kind => Bins;

    internal override SlotFunction<T, T> ToFunction<T>() => new SlotBins<T>(_upperBounds, _fixZero);

    internal override NormalizerModelParametersBase ToParameters<T>(bool isVector)
    {
        var bins = new SlotBins<T>(_upperBounds, _fixZero);
        // As in ML.NET, the bound of the last bin is infinity.
        ImmutableArray<ImmutableArray<T>> bounds = [.. Enumerable.Range(0, bins.SlotCount).Select(slot => bins.UpperBounds(slot).ToImmutableArray().Add(T.PositiveInfinity))];
        return isVector
            ? new BinNormalizerModelParameters<ImmutableArray<T>>(bounds, bins.Densities.ToImmutableArray(), bins.Offsets.ToImmutableArray())
            : new BinNormalizerModelParameters<T>(bounds[0], bins.Densities[0], bins.Offsets[0]);
    }

    internal static BinningFunction LoadNumbers(ModelStepReader reader, int slots)
    {
        int[] counts = reader.ReadArray<int>("boundCounts", slots);
        double[] bounds = reader.ReadArray<double>("bounds", -1);
        if (Array.Exists(counts, count => count < 0) || counts.Sum(count => (long)count) != bounds.Length) throw reader.Invalid($"{bounds.Length} bounds do not fit the bins");
        double[][] bySlot = new double[slots][];
        for (int slot = 0, next = 0; slot < slots; next += counts[slot++])
        {
            bySlot[slot] = bounds[next..(next + counts[slot])];
            for (int i = 1; i < counts[slot]; i++)
                if (!(bySlot[slot][i] > bySlot[slot][i - 1])) throw reader.Invalid($"the bounds of slot {slot} do not rise");
        }
        return new BinningFunction(bySlot, reader.GetBoolean("fixZero"));
    }

    private protected override void SaveNumbers(ModelStepWriter writer)
    {
        double[] bounds = [.. _upperBounds.SelectMany(slot => slot)];
        writer.Set("fixZero", _fixZero);
        writer.WriteArray<int>("boundCounts", [.. _upperBounds.Select(slot => slot.Length)], _upperBounds.Length);
        writer.WriteArray<double>("bounds", bounds, bounds.Length);
    }
}
