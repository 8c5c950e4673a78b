using System.Numerics;

namespace MLPipelines.Transforms;

/// <summary>The share of a normal distribution that is less than each item or, if so, than its logarithm.</summary>
internal sealed class SlotDistribution<T> : SlotFunction<T, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly bool _useLog;

    internal SlotDistribution(double[] means, double[] scales, bool useLog) : base(scales.Length) => (_means, _scales, _useLog) = (means, scales, useLog);

    internal override T Apply(T value, int slot)
    {
        if (T.IsNaN(value)) return value;
        double x = double.CreateSaturating(value);
        // A slot that says nothing is 0, and not the middle of the distribution; what has no logarithm is less than all that has.
        if (_scales[slot] == 0 || (_useLog && x <= 0)) return T.Zero;
        return T.CreateSaturating(NormalDistribution.Cumulative(((_useLog ? Math.Log(x) : x) - _means[slot]) * _scales[slot]));
    }
}
