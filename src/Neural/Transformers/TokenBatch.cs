using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Texts as encoders take them, all of one length T.</summary>
/// <param name="Ids">(N, T) Int64: the tokens; shorter texts end in padding.</param>
/// <param name="Present">(N, T): 1 for tokens and 0 for padding; none where no text is padded.</param>
/// <param name="Segments">(N, T) Int64: 0 for the first text of a pair and 1 for the second; none where there are no pairs.</param>
internal readonly record struct TokenBatch(Tensor Ids, Tensor Present = default, Tensor Segments = default)
{
    internal int Count => Ids.Shape[0];

    internal int Length => Ids.Shape[1];

    /// <summary>(N, 1, 1, T), added to scores of attention: 0 for tokens, negative infinity for padding; or none.</summary>
    internal Tensor AttentionMask() => Present.IsNone ? Tensor.None : Tensor.Where(Present.Reshape(Count, 1, 1, Length), Tensor.Zeros([1]), float.NegativeInfinity);
}
