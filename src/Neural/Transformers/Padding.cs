using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Where the texts of a batch are padded, in the forms that layers take; both none where no text is.</summary>
/// <param name="Rows">(N, T, 1): 1 for tokens and 0 for padding.</param>
/// <param name="Mask">(N, 1, 1, T), added to the scores of attention: 0 for tokens, negative infinity for padding.</param>
internal readonly record struct Padding(Tensor Rows, Tensor Mask)
{
    internal static Padding Of(in TokenBatch batch) => batch.Present.IsNone ? default : new Padding(batch.Present.Unsqueeze(2), batch.AttentionMask());

    /// <summary>Sets what padding came to to 0.</summary>
    internal Tensor Clear(Tensor x) => Rows.IsNone ? x : x * Rows;
}
