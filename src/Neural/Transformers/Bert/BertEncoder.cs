using System.Globalization;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// BERT (Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", 2019) and RoBERTa (Liu and others 2019), which differs in
/// where positions begin. Named as Hugging Face names it, so that its weights fit.
/// </summary>
internal sealed class BertEncoder : TextEncoder
{
    private readonly Embedding _tokens, _positions, _segments;
    private readonly int _firstPosition;
    private readonly LayerNorm _norm;
    private readonly Dropout _dropout;
    private readonly List<BertLayer> _layers = [];

    internal BertEncoder(BertDescription description, RandomSource random)
    {
        (HiddenSize, MaxTokens, _firstPosition) = (description.Size, description.MaxTokens, description.FirstPosition);
        _tokens = Add("embeddings.word_embeddings", new Embedding(description.VocabularySize, HiddenSize, random, isSparse: true)).Normal(random, 0.02f, description.PaddingId);
        _positions = Add("embeddings.position_embeddings", new Embedding(description.Positions, HiddenSize, random)).Normal(random, 0.02f, description.FirstPosition - 1);
        _segments = Add("embeddings.token_type_embeddings", new Embedding(description.SegmentCount, HiddenSize, random)).Normal(random, 0.02f, padding: -1);
        _norm = Add("embeddings.LayerNorm", new LayerNorm(HiddenSize, description.EmbeddingEpsilon));
        _dropout = Add("embeddings.dropout", new Dropout(description.Dropout, random));
        for (int i = 0; i < description.LayerCount; i++) _layers.Add(Add(string.Create(CultureInfo.InvariantCulture, $"encoder.layer.{i}"), new BertLayer(description, random)));
    }

    internal override int HiddenSize { get; }

    internal override int MaxTokens { get; }

    internal override Tensor TokenEmbedding => _tokens.Weight;

    internal override IReadOnlyList<Module> Layers => _layers;

    internal override Tensor Forward(in TokenBatch batch)
    {
        Check(batch);
        Tensor places = _positions.Weight.Slice(0, _firstPosition, batch.Length);
        Tensor x = batch.Segments.IsNone
            ? _tokens.Forward(batch.Ids) + (places + _segments.Weight.Slice(0, 0, 1))
            : _tokens.Forward(batch.Ids) + places + _segments.Forward(batch.Segments);
        return EncoderLayer.Run(_layers, _dropout.Forward(_norm.Forward(x)), Padding.Of(batch));
    }

    internal override void Fix()
    {
        foreach (BertLayer layer in _layers) layer.Fix();
    }
}
