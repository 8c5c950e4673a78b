using System.Numerics;
using System.Numerics.Tensors;

namespace MLPipelines.Transforms;

/// <summary>Scales each slot: <c>(x − offset) · scale</c>.</summary>
internal class SlotScaling<T> : SlotFunction<T, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _offsets;
    private readonly T[] _scales;
    private readonly bool _hasOffsets;

    internal SlotScaling(double[] offsets, double[] scales) : base(scales.Length)
    {
        _offsets = Array.ConvertAll(offsets, T.CreateSaturating);
        // Numbers so close together that their scale is beyond the type say nothing.
        _scales = Array.ConvertAll(scales, scale => T.IsFinite(T.CreateSaturating(scale)) ? T.CreateSaturating(scale) : T.Zero);
        _hasOffsets = Array.Exists(offsets, offset => offset != 0);
    }

    internal override T Apply(T value, int slot) => (value - _offsets[slot]) * _scales[slot];

    internal override void ApplyRow(ReadOnlySpan<T> row, Span<T> result)
    {
        if (_hasOffsets) TensorPrimitives.Subtract(row, _offsets, result);
        TensorPrimitives.Multiply(_hasOffsets ? result : row, _scales, result);
    }

    internal override void ApplyStored(ReadOnlySpan<T> values, ReadOnlySpan<int> slots, Span<T> result)
    {
        ReadOnlySpan<T> offsets = _offsets, scales = _scales;
        for (int i = 0; i < result.Length; i++) result[i] = (values[i] - offsets[slots[i]]) * scales[slots[i]];
    }

    internal override void ApplyScalars(ReadOnlySpan<T> values, Span<T> result)
    {
        TensorPrimitives.Subtract(values, _offsets[0], result);
        TensorPrimitives.Multiply(result, _scales[0], result);
    }
}
