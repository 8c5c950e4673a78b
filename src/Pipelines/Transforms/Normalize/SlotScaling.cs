using System.Numerics;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Scales each slot: <c>(x − offset) · scale</c>, then, if so, the normal distribution function. Immutable.</summary>
internal sealed class SlotScaling<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _offsets;
    private readonly T[] _scales;
    private readonly bool _isDistribution;
    private readonly bool _hasOffsets;

    internal SlotScaling(double[] offsets, double[] scales, bool isDistribution)
    {
        _offsets = Array.ConvertAll(offsets, T.CreateSaturating);
        // Numbers so close together that their scale is beyond the type say nothing.
        _scales = Array.ConvertAll(scales, scale => T.IsFinite(T.CreateSaturating(scale)) ? T.CreateSaturating(scale) : T.Zero);
        (_isDistribution, _hasOffsets) = (isDistribution, Array.Exists(offsets, offset => offset != 0));
    }

    internal ColumnKernel Scalars(int source)
    {
        var result = new ValueColumn<T>();
        return batch =>
        {
            ReadOnlySpan<T> values = ((ValueColumn<T>)batch[source]).Values;
            Span<T> scaled = result.Resize(values.Length);
            TensorPrimitives.Subtract(values, _offsets[0], scaled);
            TensorPrimitives.Multiply(scaled, _scales[0], scaled);
            if (_isDistribution)
                foreach (ref T value in scaled) value = Distribution(value, slot: 0);
            return result;
        };
    }

    internal ColumnKernel Vectors(int source)
    {
        var result = new VectorColumn<T>(_scales.Length);
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[source];
            if (!rows.IsDense && !_hasOffsets && !_isDistribution)
            {
                Span<T> stored = result.ResizeLike(rows);
                ReadOnlySpan<T> values = rows.Values;
                ReadOnlySpan<int> indices = rows.Indices;
                for (int i = 0; i < stored.Length; i++) stored[i] = values[i] * _scales[indices[i]];
                return result;
            }
            result.Reset(_scales.Length, isDense: true);
            Span<T> all = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++) Scale(rows[row], all.Slice(row * _scales.Length, _scales.Length));
            return result;
        };
    }

    private void Scale(RowVector<T> row, Span<T> scaled)
    {
        row.CopyTo(scaled);
        if (_hasOffsets) TensorPrimitives.Subtract(scaled, _offsets, scaled);
        TensorPrimitives.Multiply(scaled, _scales, scaled);
        if (!_isDistribution) return;
        for (int slot = 0; slot < scaled.Length; slot++) scaled[slot] = Distribution(scaled[slot], slot);
    }

    // A slot that says nothing is 0 here too, and not the middle of the distribution.
    private T Distribution(T deviation, int slot) => T.IsZero(_scales[slot]) ? deviation
        : T.CreateSaturating(NormalDistribution.Cumulative(double.CreateSaturating(deviation)));
}
