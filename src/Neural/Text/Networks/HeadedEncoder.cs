using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>An encoder and the head over it: <c>encoder.…</c> and <c>head.…</c>.</summary>
internal sealed class HeadedEncoder : Module
{
    internal const string EncoderName = "encoder", HeadName = "head";

    /// <summary>A network that begins with random weights.</summary>
    /// <param name="description">What the encoder is made by.</param>
    /// <param name="kind">What stands on it.</param>
    /// <param name="outputs">How many scores it gives.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal HeadedEncoder(EncoderDescription description, HeadKind kind, int outputs, RandomSource random) : this(description, description.Create(random), kind, outputs, random) { }

    /// <summary>A network whose encoder begins with weights.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="kind">What stands on it.</param>
    /// <param name="outputs">How many scores it gives.</param>
    /// <param name="random">Draws the head's first weights, and what dropout leaves out.</param>
    /// <param name="changed">The description with other rates of dropout; without it, the encoder's own.</param>
    internal HeadedEncoder(PretrainedEncoder encoder, HeadKind kind, int outputs, RandomSource random, EncoderDescription? changed = null)
        : this(changed ?? encoder.Description, encoder.Create(random, changed), kind, outputs, random) { }

    private HeadedEncoder(EncoderDescription description, TextEncoder encoder, HeadKind kind, int outputs, RandomSource random)
    {
        Encoder = Add(EncoderName, encoder);
        Head = Add(HeadName, kind switch
        {
            HeadKind.Texts => description.CreateClassifier(outputs, random),
            HeadKind.Tokens => new TokenClassificationHead(description, outputs, random),
            _ => new SpanHead(description, random),
        });
    }

    internal TextEncoder Encoder { get; }

    internal Layer Head { get; }

    /// <summary>(N, T) tokens to scores: (N, outputs) of texts, (N, T, outputs) of tokens.</summary>
    internal Tensor Forward(in TokenBatch batch) => Head.Forward(Encoder.Forward(batch));
}

/// <summary>What a head scores.</summary>
internal enum HeadKind
{
    /// <summary>Whole texts.</summary>
    Texts,

    /// <summary>Each token.</summary>
    Tokens,

    /// <summary>Each token twice: that an answer begins there, and that it ends there.</summary>
    Spans,
}
