using System.Globalization;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// Convolutions over a few tokens, of several lengths side by side, each followed by ReLU (Kim, "Convolutional Neural Networks for Sentence Classification", 2014). What lies beyond a text is 0.
/// </summary>
internal sealed class TextCnnEncoder : TextEncoder
{
    private readonly Embedding _tokens;
    private readonly Dropout _dropout;
    private readonly Conv1d[] _convolutions;

    internal TextCnnEncoder(TextCnnDescription description, RandomSource random)
    {
        (HiddenSize, MaxTokens) = (description.HiddenSize, description.MaxTokens);
        _tokens = Add("embeddings", new Embedding(description.VocabularySize, description.EmbeddingSize, random, isSparse: true)).Normal(random, 0.1f, description.PaddingId);
        _dropout = Add("dropout", new Dropout(description.Dropout, random));
        // Half of the kernel reaches back; one of even length makes one place too many.
        _convolutions = [.. description.KernelLengths.Select(length => Add(string.Create(CultureInfo.InvariantCulture, $"conv{length}"),
            new Conv1d(description.EmbeddingSize, description.KernelCount, length, random, padding: length / 2, activation: Activation.Relu)))];
    }

    internal override int HiddenSize { get; }

    internal override int MaxTokens { get; }

    internal override Tensor TokenEmbedding => _tokens.Weight;

    internal override IReadOnlyList<Module> Layers => _convolutions;

    internal override Tensor Forward(in TokenBatch batch)
    {
        Check(batch);
        var padding = Padding.Of(batch);
        Tensor x = padding.Clear(_dropout.Forward(_tokens.Forward(batch.Ids)));
        Tensor all = Tensor.None;
        foreach (Conv1d convolution in _convolutions)
        {
            Tensor part = convolution.Forward(x).Slice(1, 0, batch.Length);
            all = all.IsNone ? part : Tensor.Concat(-1, all, part);
        }
        return padding.Clear(all);
    }

    internal override void Fix() { }
}
