namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>softmax(Q Kᵀ / √d + mask) V for queries (…, T, d), keys (…, S, d) and values (…, S, e).</summary>
    /// <param name="key">(…, S, d).</param>
    /// <param name="value">(…, S, e).</param>
    /// <param name="mask">Added to the scores, repeated to (…, T, S), or none.</param>
    /// <param name="dropout">How many of the attention weights are left out.</param>
    /// <param name="random">Decides which, where some are.</param>
    /// <returns>(…, T, e)</returns>
    public Tensor Attention(Tensor key, Tensor value, Tensor mask = default, float dropout = 0, RandomSource? random = null)
    {
        Tensor scores = (this * (1 / MathF.Sqrt(Shape[-1]))).MatMul(key.Transpose());
        if (!mask.IsNone) scores += mask;
        Tensor weights = scores.Softmax();
        if (dropout > 0) weights = weights.Dropout(dropout, random ?? throw new ArgumentNullException(nameof(random)));
        return weights.MatMul(value);
    }
}
