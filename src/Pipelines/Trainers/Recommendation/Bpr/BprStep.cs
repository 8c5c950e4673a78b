using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>One step up the gradient of ln σ(x·(y⁺ − y⁻)) − λ (|x|² + |y⁺|² + |y⁻|²) / 2: the item that a user took is to score above one that the user did not take.</summary>
/// <param name="rate">How far the step goes.</param>
/// <param name="regularization">λ.</param>
/// <param name="rank">The length of vectors.</param>
internal sealed class BprStep(float rate, float regularization, int rank)
{
    private readonly float[] _difference = new float[rank], _user = new float[rank];

    /// <returns>1 − σ, how wrong the pair was.</returns>
    internal float Take(Span<float> user, Span<float> taken, Span<float> other, bool isUserOnly)
    {
        TensorPrimitives.Subtract<float>(taken, other, _difference);
        float wrong = 1 / (1 + MathF.Exp(TensorPrimitives.Dot<float>(user, _difference))), step = rate * wrong, keep = 1 - (rate * regularization);
        if (!isUserOnly)
        {
            user.CopyTo(_user);
            TensorPrimitives.Multiply(taken, keep, taken);
            TensorPrimitives.MultiplyAdd(_user, step, taken, taken);
            TensorPrimitives.Multiply(other, keep, other);
            TensorPrimitives.MultiplyAdd(_user, -step, other, other);
        }
        TensorPrimitives.Multiply(user, keep, user);
        TensorPrimitives.MultiplyAdd(_difference, step, user, user);
        return wrong;
    }

    /// <summary>An item that is not among a user's; -1 when a few draws find none.</summary>
    /// <param name="own">The user's items, rising.</param>
    /// <param name="candidates">What to draw from.</param>
    /// <param name="random">Draws.</param>
    internal static int DrawOther(ReadOnlySpan<int> own, ReadOnlySpan<int> candidates, Random random)
    {
        for (int draw = 0; draw < 10; draw++)
        {
            int item = candidates[random.Next(candidates.Length)];
            if (own.BinarySearch(item) < 0) return item;
        }
        return -1;
    }
}
