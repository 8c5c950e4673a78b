namespace MLPipelines.Trainers;

/// <summary>The log loss: log(1 + exp(−y · output)), with y = ±1.</summary>
public sealed class LogLoss : ISupportSdcaClassificationLoss
{
    public double Loss(float output, float label) => default(LogisticDualLoss).Loss(output, label);

    public float Derivative(float output, float label)
    {
        double positive = 1 / (1 + Math.Exp(-output));
        return (float)(label > 0 ? positive - 1 : positive);
    }

    /// <summary>One over a bound of the curvature: the loss bends by 1/4 at most.</summary>
    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / Math.Max(1, 0.25f + scaledFeaturesNormSquared);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => (-Derivative(output, label) - dual) * invariant;

    public double DualLoss(float label, float dual) => BoxedDual.IsFeasible(label, dual) ? default(LogisticDualLoss).DualLoss(label, dual) : double.NegativeInfinity;
}

/// <summary>The hinge loss: max(0, margin − y · output), with y = ±1.</summary>
public sealed class HingeLoss : ISupportSdcaClassificationLoss
{
    private readonly float _margin;

    /// <param name="margin">Where the loss becomes 0.</param>
    public HingeLoss(float margin = 1)
    {
        if (!float.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin is a finite number.");
        _margin = margin;
    }

    public double Loss(float output, float label) => Math.Max(0, (double)_margin - BoxedDual.Sign(label) * output);

    public float Derivative(float output, float label) => _margin > BoxedDual.Sign(label) * output ? -BoxedDual.Sign(label) : 0;

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / scaledFeaturesNormSquared;

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads)
    {
        float y = BoxedDual.Sign(label);
        return BoxedDual.Change(y, dual, (_margin - output * y) * invariant);
    }

    public double DualLoss(float label, float dual) =>
        BoxedDual.IsFeasible(label, dual) ? (double)_margin * BoxedDual.Sign(label) * dual : double.NegativeInfinity;
}

/// <summary>
/// The hinge loss with its corner rounded over the width s: 0 above a margin of 1, u² / (2 s) up to u = s, and u − s/2 beyond,
/// with u = 1 − y · output and y = ±1.
/// </summary>
/// <remarks>Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization" (2013).</remarks>
public sealed class SmoothedHingeLoss : ISupportSdcaClassificationLoss
{
    private readonly float _width;

    /// <param name="smoothingConstant">s, not below 0; 0 is the hinge loss.</param>
    public SmoothedHingeLoss(float smoothingConstant = 1)
    {
        OptionCheck.NotBelowZero(smoothingConstant, nameof(smoothingConstant));
        _width = smoothingConstant;
    }

    public double Loss(float output, float label)
    {
        double u = 1 - (double)BoxedDual.Sign(label) * output;
        if (u <= 0) return 0;
        return u < _width ? u * u / (2 * (double)_width) : u - 0.5 * _width;
    }

    public float Derivative(float output, float label)
    {
        float y = BoxedDual.Sign(label), u = 1 - y * output;
        if (u <= 0) return 0;
        return u < _width ? -y * u / _width : -y;
    }

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (scaledFeaturesNormSquared + _width);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads)
    {
        float y = BoxedDual.Sign(label);
        return BoxedDual.Change(y, dual, (1 - output * y - _width * dual * y) * invariant);
    }

    public double DualLoss(float label, float dual)
    {
        double a = (double)BoxedDual.Sign(label) * dual;
        return BoxedDual.IsFeasible(label, dual) ? a * (1 - 0.5 * _width * a) : double.NegativeInfinity;
    }
}

/// <summary>The exponential loss: exp(−β · y · output), with y = ±1. It has no largest slope: examples far on the wrong side count for very much.</summary>
public sealed class ExpLoss : IClassificationLoss
{
    private readonly float _beta;

    /// <param name="beta">How steep it is; above 0.</param>
    public ExpLoss(float beta = 1)
    {
        OptionCheck.AboveZero(beta, nameof(beta));
        _beta = beta;
    }

    public double Loss(float output, float label) => Math.Exp(-(double)_beta * BoxedDual.Sign(label) * output);

    public float Derivative(float output, float label) => (float)(-_beta * BoxedDual.Sign(label) * Loss(output, label));
}

/// <summary>The dual variables of losses whose slope is between −1 and 0: y · dual is between 0 and 1.</summary>
internal static class BoxedDual
{
    // Steps end at 0 or 1 up to rounding.
    private const float Rounding = 1e-5f;

    internal static float Sign(float label) => label > 0 ? 1 : -1;

    internal static bool IsFeasible(float label, float dual) => Sign(label) * dual is >= -Rounding and <= 1 + Rounding;

    /// <summary>The change of the dual by a step of y · dual that is cut off at 0 and 1.</summary>
    internal static float Change(float y, float dual, float step) => y * Math.Clamp(y * dual + step, 0f, 1f) - dual;
}
