using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// The step of dual coordinate ascent for the softmax loss: the distribution p that maximizes
/// H(p) + p·s − (q/2) ‖p − p₀‖², where H is the entropy, s the scores, p₀ the present distribution and q the curvature. At the
/// maximum log pₖ + q pₖ = zₖ − ν with z = s + q p₀, and ν makes p sum to 1.
/// </summary>
/// <remarks>
/// pₖ = ω(zₖ − ν + log q) / q with the Wright omega function, ω + log ω = x, by a close first guess and two Newton steps; ν by
/// Newton's method between bounds. The solver owns its memory; one thread uses it.
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
    private readonly float[] _more = new float[classCount];
    private readonly float[] _rest = new float[classCount];

    /// <summary>The new distribution.</summary>
    /// <param name="targets">z; overwritten.</param>
    /// <param name="q">The curvature; above 0.</param>
    /// <param name="distribution">Where p goes.</param>
    internal void Solve(Span<float> targets, float q, Span<float> distribution)
    {
        float logQ = MathF.Log(q), largest = TensorPrimitives.Max<float>(targets);
        TensorPrimitives.Subtract(targets, largest, targets);
        TensorPrimitives.Exp(targets, _work);
        // From 0 ≤ p ≤ 1 follows exp(z − ν − q) ≤ p ≤ exp(z − ν), and so bounds for ν.
        double high = Math.Log(TensorPrimitives.Sum<float>(_work)), low = high - q, nu = low;
        // Each of the summands is good to about 10⁻⁷.
        double close = 1e-6 + 1e-7 * distribution.Length;
        for (int i = 0; i < MaximumIterations; i++)
        {
            TensorPrimitives.Add(targets, (float)(logQ - nu), _arguments);
            TensorPrimitives.Max(_arguments, Lowest, _arguments);
            Omega();
            TensorPrimitives.Divide(_omegas, q, distribution);
            double sum = TensorPrimitives.Sum<float>(distribution);
            if (Math.Abs(sum - 1) < close) break;
            if (sum > 1) low = nu;
            else high = nu;
            // The derivative of pₖ by ν is −pₖ / (1 + q pₖ), and q pₖ = ωₖ.
            TensorPrimitives.Add(_omegas, 1, _work);
            TensorPrimitives.Divide(distribution, _work, _work);
            double fall = TensorPrimitives.Sum<float>(_work);
            // Small q: log Σ p is about linear. Large q: Σ p is, and being convex its steps never go too far from the left.
            double next = nu + sum * Math.Log(sum) / fall;
            if (!(next > low && next < high)) next = nu + (sum - 1) / fall;
            nu = next > low && next < high ? next : (low + high) / 2;
        }
        for (int k = 0; k < distribution.Length; k++)
            if (distribution[k] < Negligible) distribution[k] = 0;
        TensorPrimitives.Divide(distribution, TensorPrimitives.Sum<float>(distribution), distribution);
    }

    private void Omega()
    {
        // The first guess: e / (1 + 0.6 e) with e = exp(x) up to x = 1, and beyond, x − log x + log x / x; each is about 1 where the other counts.
        TensorPrimitives.Min(_arguments, 1f, _omegas);
        TensorPrimitives.Exp(_omegas, _omegas);
        TensorPrimitives.Multiply(_omegas, 0.6f, _work);
        TensorPrimitives.Add(_work, 1f, _work);
        TensorPrimitives.Divide(_omegas, _work, _omegas);
        TensorPrimitives.Max(_arguments, 1f, _more);
        TensorPrimitives.Log(_more, _work);
        TensorPrimitives.Subtract(_more, _work, _rest);
        TensorPrimitives.Divide(_work, _more, _work);
        TensorPrimitives.Add(_rest, _work, _rest);
        TensorPrimitives.Multiply(_omegas, _rest, _omegas);
        for (int step = 0; step < 2; step++)
        {
            // u = log ω: u ← u + (x − ω − u) / (1 + ω), that is ω ← ω exp(…).
            TensorPrimitives.Log(_omegas, _work);
            TensorPrimitives.Add(_work, _omegas, _work);
            TensorPrimitives.Subtract(_arguments, _work, _work);
            TensorPrimitives.Add(_omegas, 1f, _more);
            TensorPrimitives.Divide(_work, _more, _work);
            TensorPrimitives.Exp(_work, _work);
            TensorPrimitives.Multiply(_omegas, _work, _omegas);
        }
    }
}
