namespace MLPipelines.Trainers;

/// <summary>
/// A convex loss of one score, for dual coordinate ascent. The dual variable of an example is a, where at the optimum
/// a = −loss′(score), and weights = Σ a x / (λ n).
/// </summary>
internal interface IDualLoss
{
    double Loss(float score, float label);

    /// <summary>What an example adds to the dual objective: −loss*(−a).</summary>
    double DualLoss(float label, float dual);

    /// <summary>The change of a that maximizes the dual objective, all else being as it is.</summary>
    /// <param name="score">The score with the present a.</param>
    /// <param name="label">The label.</param>
    /// <param name="dual">The present a.</param>
    /// <param name="curvature">How much the score changes per change of a: weight · ‖x‖² / (λ n).</param>
    float Step(float score, float label, float dual, float curvature);
}

/// <summary>(score − label)².</summary>
internal readonly struct SquaredDualLoss : IDualLoss
{
    public double Loss(float score, float label) => ((double)score - label) * ((double)score - label);

    public double DualLoss(float label, float dual) => (double)dual * label - 0.25 * dual * dual;

    public float Step(float score, float label, float dual, float curvature) => (label - score - 0.5f * dual) / (0.5f + curvature);
}

/// <summary>log(1 + exp(−y · score)), where the label is 0 or 1 and y is −1 or 1.</summary>
internal readonly struct LogisticDualLoss : IDualLoss
{
    private const int MaximumIterations = 20;

    public double Loss(float score, float label)
    {
        double margin = label > 0 ? score : -score;
        return double.LogP1(Math.Exp(-Math.Abs(margin))) + Math.Max(0, -margin);
    }

    /// <summary>The entropy of y a, which is a probability: that of the wrong class at the optimum.</summary>
    public double DualLoss(float label, float dual)
    {
        double p = label > 0 ? dual : -dual;
        return p is <= 0 or >= 1 ? 0 : -p * Math.Log(p) - (1 - p) * double.LogP1(-p);
    }

    /// <summary>
    /// Solves u + margin + curvature (σ(u) − p) = 0 for the log-odds u of the new probability by Newton's method. The left
    /// side rises and its slope is at least 1, so the root is bracketed by the values of σ at 0 and 1.
    /// </summary>
    public float Step(float score, float label, float dual, float curvature)
    {
        double margin = label > 0 ? score : -score, p = label > 0 ? dual : -dual, q = curvature;
        double low = -margin - q * (1 - p), high = -margin + q * p, u = Math.Clamp(-margin, low, high), sigma = 0.5;
        for (int i = 0; i < MaximumIterations; i++)
        {
            sigma = 1 / (1 + Math.Exp(-u));
            double excess = u + margin + q * (sigma - p);
            if (excess > 0) high = u;
            else low = u;
            double change = excess / (1 + q * sigma * (1 - sigma)), next = u - change;
            // A step out of the bracket is replaced by its middle.
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - u) <= 1e-7 * (1 + Math.Abs(u))) break;
            u = next;
        }
        return (float)(label > 0 ? sigma - p : p - sigma);
    }
}

/// <summary>A loss as a caller has it.</summary>
internal readonly struct CustomDualLoss(ISupportSdcaLoss loss) : IDualLoss
{
    public double Loss(float score, float label) => loss.Loss(score, label);

    public double DualLoss(float label, float dual) => loss.DualLoss(label, dual);

    public float Step(float score, float label, float dual, float curvature) =>
        loss.DualUpdate(score, label, dual, loss.ComputeDualUpdateInvariant(curvature), maxNumThreads: 1);
}
