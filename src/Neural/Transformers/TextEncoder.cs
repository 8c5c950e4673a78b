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

    /// <summary>(N, T) tokens to (N, T, <see cref="HiddenSize"/>). What padding comes to has no meaning.</summary>
    internal abstract Tensor Forward(in TokenBatch batch);
}
