using System.Numerics;

namespace MLPipelines.Transforms;

/// <summary>The share of a normal distribution that is less than each item or, if so, than its logarithm.</summary>
internal sealed class SlotDistribution<T> : SlotFunction<T, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly bool _useLog;
    private readonly bool _isApproximate;

    internal SlotDistribution(double[] means, double[] scales, bool useLog, bool isApproximate) : base(scales.Length) =>
        (_means, _scales, _useLog, _isApproximate) = (means, scales, useLog, isApproximate);

    internal override T Apply(T value, int slot)
    {
        if (T.IsNaN(value)) return _isApproximate ? T.Zero : value;
        double x = double.CreateSaturating(value);
        // A slot that says nothing is 0, and not the middle of the distribution; what has no logarithm is less than all that has.
        if (_scales[slot] == 0 || (_useLog && x <= 0)) return T.Zero;
        x = ((_useLog ? Math.Log(x) : x) - _means[slot]) * _scales[slot];
        return T.CreateSaturating(_isApproximate ? Approximate(x) : NormalDistribution.Cumulative(x));
    }

    // As ML.NET does it, for which what is missing is 0. Winitzki, "A handy approximation for the error function and its inverse" (2008).
    private static double Approximate(double x)
    {
        const double a = 0.147f;
        double half = x * x / 2;
        return 0.5 + 0.5 * Math.Sign(x) * Math.Sqrt(1 - Math.Exp(-half * (4 / Math.PI + a * half) / (1 + a * half)));
    }
}
