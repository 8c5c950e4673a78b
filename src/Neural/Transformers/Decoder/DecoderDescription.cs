using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Everything that a decoder is made by, besides its numbers: GPT-2's architecture (Radford and others 2019) of any size.</summary>
/// <param name="VocabularySize">How many tokens there are.</param>
/// <param name="MaxTokens">The most tokens that it sees at once.</param>
/// <param name="HiddenSize">How long the vector of a token is.</param>
/// <param name="Layers">How many blocks of attention and feed-forward there are.</param>
/// <param name="Heads">Among how many heads attention is divided.</param>
internal sealed record DecoderDescription(int VocabularySize, int MaxTokens, int HiddenSize, int Layers, int Heads)
{
    /// <summary>Between the two products of feed-forward; four times the hidden size by default.</summary>
    internal int InnerSize { get; init; } = 4 * HiddenSize;

    /// <summary>Between them.</summary>
    internal Activation Activation { get; init; } = Activation.GeluTanh;

    /// <summary>Added to variances in layer normalization.</summary>
    internal float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>The rates of dropout while training: of embeddings, of attention weights, and of what each part of a block adds.</summary>
    internal float EmbeddingDropout { get; init; } = 0.1f;

    /// <inheritdoc cref="EmbeddingDropout"/>
    internal float AttentionDropout { get; init; } = 0.1f;

    /// <inheritdoc cref="EmbeddingDropout"/>
    internal float ResidualDropout { get; init; } = 0.1f;

    /// <summary>The token that ends a text; <see langword="null"/> where there is none.</summary>
    internal int? EndToken { get; init; }

    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal TextDecoder Create(RandomSource random) => new(Checked(), random);

    /// <summary>What is wrong with it; <see langword="null"/> when nothing is.</summary>
    internal string? Problem()
    {
        if (VocabularySize < 1 || MaxTokens < 1 || HiddenSize < 1 || Layers < 1 || Heads < 1 || InnerSize < 1)
            return $"a decoder of {VocabularySize} tokens, {MaxTokens} positions, hidden size {HiddenSize}, {Layers} layers, {Heads} heads and inner size {InnerSize}: each is at least 1";
        if (HiddenSize % Heads != 0) return $"a hidden size of {HiddenSize} cannot be divided among {Heads} heads";
        if (EndToken is { } end && (end < 0 || end >= VocabularySize)) return $"the end token is {end}, expected less than {VocabularySize}";
        return new[] { EmbeddingDropout, AttentionDropout, ResidualDropout }.Any(rate => rate is not (>= 0 and < 1)) ? "a dropout is not at least 0 and below 1" : null;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("vocabulary", VocabularySize);
        writer.Set("most-tokens", MaxTokens);
        writer.Set("hidden", HiddenSize);
        writer.Set("layers", Layers);
        writer.Set("heads", Heads);
        writer.Set("inner", InnerSize);
        writer.Set("activation", Activation);
        writer.Set("norm-epsilon", NormEpsilon);
        writer.Set("dropouts", (double[])[EmbeddingDropout, AttentionDropout, ResidualDropout]);
        writer.Set("end-token", EndToken ?? -1);
    }

    internal static DecoderDescription Load(ModelStepReader reader)
    {
        if (!Enum.TryParse(reader.GetString("activation"), out Activation activation) || !Enum.IsDefined(activation)) throw reader.Invalid($"the activation '{reader.GetString("activation")}' is not known");
        if (reader.GetDoubles("dropouts") is not [var embedding, var attention, var residual]) throw reader.Invalid("it has not three dropouts");
        var description = new DecoderDescription(Size("vocabulary", 1 << 24), Size("most-tokens", 1 << 20), Size("hidden", 1 << 16), Size("layers", 1 << 10), Size("heads", 1 << 10))
        {
            InnerSize = Size("inner", 1 << 18),
            Activation = activation,
            NormEpsilon = (float)reader.GetDouble("norm-epsilon"),
            EmbeddingDropout = (float)embedding,
            AttentionDropout = (float)attention,
            ResidualDropout = (float)residual,
            EndToken = reader.GetInt32("end-token") is var end and >= 0 ? end : null,
        };
        return description.Problem() is { } problem ? throw reader.Invalid(problem) : description;

        int Size(string name, int most) => reader.GetInt32(name) is int size && size >= 1 && size <= most ? size : throw reader.Invalid($"parameter '{name}' is {reader.GetInt32(name)}, expected 1 to {most}");
    }

    private DecoderDescription Checked() => Problem() is { } problem ? throw new ArgumentException($"There is no such decoder: {problem}.") : this;
}
