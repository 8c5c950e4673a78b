using System.Globalization;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// NAS-BERT (Xu and others, "NAS-BERT: Task-Agnostic and Adaptive-Size BERT Compression with Neural Architecture Search", KDD 2021): an encoder whose layers
/// are separable convolutions, attention and feed-forward networks as a search has found them to do best. Named as ML.NET names it, so that its weights fit.
/// </summary>
internal sealed class NasBertEncoder : TextEncoder
{
    private readonly Embedding _tokens, _positions;
    private readonly LayerNorm? _norm;
    private readonly FixableLinear? _transfer;
    private readonly Dropout _dropout;
    private readonly List<EncoderLayer> _layers = [];

    internal NasBertEncoder(NasBertDescription description, RandomSource random)
    {
        (HiddenSize, MaxTokens) = (description.HiddenSize, description.MaxTokens);
        int size = description.EmbeddingSize, perBlock = description.LayerNumbers.Count / SearchSpace.Blocks;
        int[] widths = SearchSpace.BlockWidths(description.LayerNumbers, out string? problem);
        if (problem is not null) throw new ArgumentException(problem, nameof(description));
        _tokens = Add("TokenEmbedding", new Embedding(description.VocabularySize, size, random, isSparse: true)).Normal(random, 0.02f, description.PaddingId);
        // Row 0 is that of padding; one more is left over, as fairseq has it.
        _positions = Add("PositionalEmbedding.Embedding", new Embedding(description.Positions + 2, size, random)).Normal(random, 1 / MathF.Sqrt(size), 0);
        if (description.NormalizesEmbeddings) _norm = Add("EmbeddingLayerNorm", new LayerNorm(size));
        if (size != widths[0]) _transfer = new FixableLinear(Add("EmbedTransfer.HiddenTransfer", new Linear(size, widths[0], random)).Glorot(random));
        _dropout = Add("DropoutLayer", new Dropout(description.Dropout, random));
        for (int i = 0; i < description.LayerNumbers.Count; i++)
        {
            int number = description.LayerNumbers[i], block = i / perBlock;
            string name = string.Create(CultureInfo.InvariantCulture, $"Layers.{i}.Operation");
            if (SearchSpace.IsAttention(number)) _layers.Add(Add(name, new AttentionLayer(number, description, random)));
            else if (SearchSpace.IsFeedForward(number)) _layers.Add(Add(name, new FeedForwardLayer(number, description, random)));
            else if (!SearchSpace.IsIdentity(number)) _layers.Add(Add(name, new ConvolutionLayer(number, description, random)));
            if (i % perBlock == perBlock - 1 && block + 1 < SearchSpace.Blocks && widths[block] != widths[block + 1])
                _layers.Add(Add(string.Create(CultureInfo.InvariantCulture, $"HiddenTransferList.{block}"), new TransferLayer(widths[block], widths[block + 1], random)));
        }
    }

    internal override int HiddenSize { get; }

    internal override int MaxTokens { get; }

    internal override Tensor TokenEmbedding => _tokens.Weight;

    internal override IReadOnlyList<Module> Layers => _layers;

    internal override Tensor Forward(in TokenBatch batch)
    {
        Check(batch);
        var padding = Padding.Of(batch);
        // Positions count from 1; those of padding do not matter.
        Tensor x = _tokens.Forward(batch.Ids) + _positions.Weight.Slice(0, 1, batch.Length);
        if (_norm is not null) x = _norm.Forward(x);
        if (_transfer is not null) x = _transfer.Forward(x);
        return EncoderLayer.Run(_layers, padding.Clear(_dropout.Forward(x)), padding);
    }

    internal override void Fix()
    {
        _transfer?.Fix();
        foreach (EncoderLayer layer in _layers) layer.Fix();
    }
}
