using System.Numerics;

namespace MLPipelines.Transforms;

/// <summary>The bin that each item falls in: bin / density − offset, where density is the number of the last bin. NaN stays NaN.</summary>
internal sealed class SlotBins<T> : SlotFunction<T, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _upperBounds;
    private readonly T[] _densities;
    private readonly T[] _offsets;

    /// <param name="upperBounds">Of each slot, the rising numbers up to which its bins go, without the last bin's.</param>
    /// <param name="fixZero">Whether the value of 0 is taken off.</param>
    internal SlotBins(double[][] upperBounds, bool fixZero) : base(upperBounds.Length)
    {
        _upperBounds = Array.ConvertAll(upperBounds, bounds => Array.ConvertAll(bounds, T.CreateSaturating));
        _densities = Array.ConvertAll(upperBounds, bounds => T.CreateSaturating(Math.Max(1, bounds.Length)));
        _offsets = new T[SlotCount];
        for (int slot = 0; fixZero && slot < SlotCount; slot++) _offsets[slot] = Apply(T.Zero, slot);
    }

    internal ReadOnlySpan<T> UpperBounds(int slot) => _upperBounds[slot];

    internal ReadOnlySpan<T> Densities => _densities;

    internal ReadOnlySpan<T> Offsets => _offsets;

    internal override T Apply(T value, int slot)
    {
        if (T.IsNaN(value)) return value;
        ReadOnlySpan<T> bounds = _upperBounds[slot];
        // Written out, since the library's search compares by a call.
        int bin = 0;
        for (int rest = bounds.Length; rest > 0;)
        {
            int half = rest >> 1;
            bool isAbove = bounds[bin + half] < value;
            bin = isAbove ? bin + half + 1 : bin;
            rest = isAbove ? rest - half - 1 : half;
        }
        return T.CreateSaturating(bin) / _densities[slot] - _offsets[slot];
    }
}
