using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Equations that fill the missing numbers of a row: rounds of one linear equation per slot, over the other slots. Numbers are
/// seen as their distance from the mean in standard deviations; what is missing starts at the mean. Immutable.
/// </summary>
internal sealed class RidgeImputation
{
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[] _order;
    private readonly double[] _weights;

    /// <param name="means">Per slot.</param>
    /// <param name="deviations">Per slot; 0 for one that was constant.</param>
    /// <param name="order">The slots in the order of their equations in a round.</param>
    /// <param name="weights">(rounds, slots, slots + 1): of each equation the weight of each slot, 0 for its own, and what is added.</param>
    internal RidgeImputation(double[] means, double[] deviations, int[] order, double[] weights) => (_means, _deviations, _order, _weights) = (means, deviations, order, weights);

    internal int SlotCount => _means.Length;

    internal int RoundCount => _weights.Length / (SlotCount * (SlotCount + 1));

    /// <summary>Fills a row in place.</summary>
    /// <param name="row">The numbers; NaN where one is missing.</param>
    /// <param name="scaled">Room for as many.</param>
    internal void Fill(Span<double> row, Span<double> scaled)
    {
        if (!row.Contains(double.NaN)) return;
        Scale(_means, _deviations, row, scaled);
        for (int round = 0; round < RoundCount; round++)
            foreach (int slot in _order)
                if (double.IsNaN(row[slot])) scaled[slot] = Predict(_weights.AsSpan(((round * SlotCount) + slot) * (SlotCount + 1), SlotCount + 1), scaled);
        for (int slot = 0; slot < row.Length; slot++)
            if (double.IsNaN(row[slot])) row[slot] = _means[slot] + (scaled[slot] * _deviations[slot]);
    }

    /// <summary>Distances from the mean in standard deviations; 0 for what is not finite or does not vary.</summary>
    internal static void Scale(double[] means, double[] deviations, ReadOnlySpan<double> row, Span<double> scaled)
    {
        for (int slot = 0; slot < row.Length; slot++)
            scaled[slot] = double.IsFinite(row[slot]) && deviations[slot] > 0 ? (row[slot] - means[slot]) / deviations[slot] : 0;
    }

    internal static double Predict(ReadOnlySpan<double> weights, ReadOnlySpan<double> scaled) =>
        System.Numerics.Tensors.TensorPrimitives.Dot(weights[..^1], scaled) + weights[^1];

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("rounds", RoundCount);
        writer.Set("order", _order);
        writer.WriteArray<double>("means", _means, SlotCount);
        writer.WriteArray<double>("deviations", _deviations, SlotCount);
        writer.WriteArray<double>("weights", _weights, RoundCount, SlotCount, SlotCount + 1);
    }

    internal static RidgeImputation Load(ModelStepReader reader, int slots)
    {
        int[] order = [.. reader.GetInt32s("order")];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, slots))) throw reader.Invalid("the order is not one of all slots");
        return new(reader.ReadArray<double>("means", slots), reader.ReadArray<double>("deviations", slots), order,
            reader.ReadArray<double>("weights", reader.GetInt32("rounds"), slots, slots + 1));
    }
}
