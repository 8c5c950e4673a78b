using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>A network that gives each token of a text a vector which depends on all of the text. Heads (classification, spans, masked tokens) are modules of their own over it.</summary>
internal abstract class TextEncoder : Module
{
    /// <summary>How long the vectors are.</summary>
    internal abstract int HiddenSize { get; }

    /// <summary>The most tokens of a text, special ones among them.</summary>
    internal abstract int MaxTokens { get; }

    /// <summary>(V, E): the vector of each token before anything else; the output layer of a masked language model shares it.</summary>
    internal abstract Tensor TokenEmbedding { get; }

    /// <summary>The layers, the first ones of which may be frozen.</summary>
    internal abstract IReadOnlyList<Module> Layers { get; }

    /// <summary>(N, T) tokens to (N, T, <see cref="HiddenSize"/>). What padding comes to has no meaning.</summary>
    internal abstract Tensor Forward(in TokenBatch batch);

    /// <summary>Prepares predictions: the numbers do not change any more, and no derivatives are asked for. Not in training; many threads may then use it.</summary>
    internal abstract void Fix();

    /// <summary>Checks what nobody else does before the first kernel.</summary>
    private protected void Check(in TokenBatch batch)
    {
        if (batch.Length > MaxTokens) throw new ArgumentOutOfRangeException(nameof(batch), $"Texts have up to {batch.Length} tokens; this encoder takes at most {MaxTokens}. Truncate them.");
    }
}
