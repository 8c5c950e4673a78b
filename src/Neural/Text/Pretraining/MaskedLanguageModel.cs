using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>An encoder and the head that guesses hidden tokens.</summary>
internal sealed class MaskedLanguageModel : Module
{
    private readonly MaskedTokenHead _head;

    /// <param name="description">The encoder.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal MaskedLanguageModel(EncoderDescription description, RandomSource random)
    {
        Description = description;
        Encoder = Add("encoder", description.Create(random));
        _head = Add("head", new MaskedTokenHead(description, Encoder, random));
    }

    /// <summary>The same with numbers that were learned.</summary>
    internal static MaskedLanguageModel Of(PretrainedEncoder pretrained, out bool hasHead)
    {
        var model = new MaskedLanguageModel(pretrained.Description, new RandomSource(0));
        hasHead = model.Load(pretrained);
        return model;
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

    /// <summary>Takes the numbers of an encoder, and of its head if it has one.</summary>
    /// <returns>Whether it has.</returns>
    internal bool Load(PretrainedEncoder pretrained)
    {
        EncoderWeights.Load(pretrained.Weights, Encoder, "the pretrained encoder");
        return pretrained.TryLoad(_head);
    }

    /// <summary>The numbers by the names of files: those of the encoder, and beside them those of the head.</summary>
    internal StateDictionary Named() => [.. Encoder.State(), .. _head.State()];

    /// <summary>(places, H) to (places, V), before softmax.</summary>
    internal Tensor Guess(Tensor hidden) => _head.Forward(hidden);
}
