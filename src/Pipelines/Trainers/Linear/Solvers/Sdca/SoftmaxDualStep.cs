using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// The step of dual coordinate ascent for the softmax loss: the distribution p that maximizes
/// H(p) + p·s − (q/2) ‖p − p₀‖², where H is the entropy, s the scores, p₀ the present distribution and q the curvature. At the
/// maximum log pₖ + q pₖ = zₖ − ν with z = s + q p₀, and ν makes p sum to 1.
/// </summary>
/// <remarks>
/// pₖ = ω(zₖ − ν + log q) / q with the Wright omega function, ω + log ω = x, by a close first guess and two Newton steps; ν by
/// Newton's method on log Σ p. The solver owns its memory; one thread uses it.
/// </remarks>
internal sealed class SoftmaxDualStep(int classCount)
{
    private const int MaximumIterations = 30;
    // exp(-80) is still a normal number in single precision; what is smaller does not count.
    private const float Lowest = -80;
    private const float Negligible = 1e-25f;

    private readonly float[] _arguments = new float[classCount];
    private readonly float[] _omegas = new float[classCount];
    private readonly float[] _work = new float[classCount];

    /// <summary>The new distribution.</summary>
    /// <param name="targets">z; overwritten.</param>
    /// <param name="q">The curvature; above 0.</param>
    /// <param name="distribution">Where p goes.</param>
    internal void Solve(Span<float> targets, float q, Span<float> distribution)
    {
        float logQ = MathF.Log(q), largest = TensorPrimitives.Max<float>(targets);
        TensorPrimitives.Subtract(targets, largest, targets);
        // With this ν the largest p is 1, so that the sum is at least 1.
        double nu = -q;
        for (int i = 0; i < MaximumIterations; i++)
        {
            TensorPrimitives.Add(targets, (float)(logQ - nu), _arguments);
            TensorPrimitives.Max(_arguments, Lowest, _arguments);
            Omega();
            TensorPrimitives.Divide(_omegas, q, distribution);
            double sum = TensorPrimitives.Sum<float>(distribution);
            // The derivative of pₖ by ν is −pₖ / (1 + q pₖ), and q pₖ = ωₖ.
            TensorPrimitives.Add(_omegas, 1, _work);
            TensorPrimitives.Divide(distribution, _work, _work);
            double fall = TensorPrimitives.Sum<float>(_work);
            if (Math.Abs(sum - 1) < 1e-6) break;
            nu += sum * Math.Log(sum) / fall;
        }
        for (int k = 0; k < distribution.Length; k++)
            if (distribution[k] < Negligible) distribution[k] = 0;
        TensorPrimitives.Divide(distribution, TensorPrimitives.Sum<float>(distribution), distribution);
    }

    private void Omega()
    {
        for (int k = 0; k < _omegas.Length; k++)
        {
            float x = _arguments[k];
            if (x > 1)
            {
                float log = MathF.Log(x);
                _omegas[k] = x - log + log / x;
            }
            else
            {
                float exp = MathF.Exp(x);
                _omegas[k] = exp / (1 + 0.6f * exp);
            }
        }
        for (int step = 0; step < 2; step++)
        {
            // u = log ω: u ← u + (x − ω − u) / (1 + ω), that is ω ← ω exp(…).
            TensorPrimitives.Log(_omegas, _work);
            TensorPrimitives.Add(_work, _omegas, _work);
            TensorPrimitives.Subtract(_arguments, _work, _work);
            for (int k = 0; k < _omegas.Length; k++) _work[k] /= 1 + _omegas[k];
            TensorPrimitives.Exp(_work, _work);
            TensorPrimitives.Multiply(_omegas, _work, _omegas);
        }
    }
}
