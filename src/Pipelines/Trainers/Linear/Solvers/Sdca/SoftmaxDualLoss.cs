using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>The multinomial logistic loss. Its duals are 1 for the right class and 0 for the others, less a distribution over the classes.</summary>
internal sealed class SoftmaxDualLoss(int classCount) : IClassDualLoss
{
    private const double Tiny = 1e-300;

    private readonly SoftmaxDualStep _step = new(classCount);
    private readonly float[] _present = new float[classCount];
    private readonly double[] _work = new double[classCount];
    private readonly double[] _more = new double[classCount];

    /// <summary>loss + conjugate + dual · scores = log Σ exp(s) + Σ p log p − p·s, at least 0; in double precision, for it is a small difference.</summary>
    public void AddGap(ReadOnlySpan<float> scores, int label, ReadOnlySpan<float> duals, float weight, ref double loss, ref double gap)
    {
        ToDistribution(duals, label, _present);
        TensorPrimitives.ConvertTruncating(scores, _work);
        double largest = TensorPrimitives.Max<double>(_work);
        TensorPrimitives.Subtract(_work, largest, _work);
        TensorPrimitives.Exp(_work, _more);
        double logSum = Math.Log(TensorPrimitives.Sum<double>(_more));
        loss += weight * (logSum - _work[label]);
        // p log p is 0 at 0.
        TensorPrimitives.ConvertTruncating<float, double>(_present, _more);
        double negativeScore = -TensorPrimitives.Dot<double>(_work, _more);
        TensorPrimitives.Max(_more, Tiny, _work);
        TensorPrimitives.Log(_work, _work);
        gap += weight * (logSum + negativeScore + TensorPrimitives.Dot<double>(_work, _more));
    }

    public void Step(Span<float> scores, int label, ReadOnlySpan<float> duals, float curvature, Span<float> changes)
    {
        ToDistribution(duals, label, _present);
        TensorPrimitives.MultiplyAdd(_present, curvature, scores, scores);
        _step.Solve(scores, curvature, changes);
        // The change of a dual is the old probability less the new one.
        TensorPrimitives.Subtract(_present, changes, changes);
    }

    private static void ToDistribution(ReadOnlySpan<float> duals, int label, Span<float> distribution)
    {
        TensorPrimitives.Negate(duals, distribution);
        distribution[label] += 1;
        TensorPrimitives.Max(distribution, 0f, distribution);
    }
}
