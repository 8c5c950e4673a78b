using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>An encoder and the head that guesses hidden tokens; their names are side by side, as in Hugging Face's files.</summary>
internal sealed class MaskedLanguageModel : Module
{
    private readonly MaskedTokenHead _head;

    /// <param name="description">The encoder.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal MaskedLanguageModel(EncoderDescription description, RandomSource random)
    {
        Description = description;
        Encoder = Add("", description.Create(random));
        _head = Add("", new MaskedTokenHead(description, Encoder, random));
    }

    internal EncoderDescription Description { get; }

    internal TextEncoder Encoder { get; }

    /// <summary>What the encoder makes of some places of a batch.</summary>
    /// <param name="batch">(N, T) tokens.</param>
    /// <param name="places">Int64: row · T + position of each place.</param>
    /// <returns>(places, H)</returns>
    internal Tensor Hidden(in TokenBatch batch, Tensor places)
    {
        Tensor hidden = Encoder.Forward(batch);
        // The vocabulary is large and hidden tokens are few: the head sees only theirs.
        return hidden.Reshape(-1, hidden.Shape[-1]).IndexSelect(0, places);
    }

    /// <summary>(places, H) to (places, V), before softmax.</summary>
    internal Tensor Guess(Tensor hidden) => _head.Forward(hidden);
}
