using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// A network that tells for each token of a text what comes next: GPT-2's architecture (Radford and others 2019) with Hugging Face's names. Normalization comes first in each block, positions
/// are learned, and the output layer shares the token embedding.
/// </summary>
internal sealed class TextDecoder : Module
{
    /// <summary>Of the first weights.</summary>
    internal const float Deviation = 0.02f;

    private readonly Body _body;

    internal TextDecoder(DecoderDescription description, RandomSource random)
    {
        Description = description;
        _body = Add("transformer", new Body(description, random));
    }

    internal DecoderDescription Description { get; }

    /// <summary>Of the first weights of products whose results are added to what goes through the network: their sum over all layers is to stay of one size.</summary>
    internal static float DeviationOf(DecoderDescription description) => Deviation / MathF.Sqrt(2 * description.Layers);

    /// <summary>Texts of one length, (N, T) Int64, to the scores of what comes next after each token, (N, T, V).</summary>
    internal Tensor Forward(Tensor ids)
    {
        if (ids.Rank != 2 || ids.Shape[1] > Description.MaxTokens) throw new ArgumentException($"The tokens are {ids.Shape}, expected (N, T) with T of at most {Description.MaxTokens}.", nameof(ids));
        int length = ids.Shape[1];
        Span<long> positions = length <= 1024 ? stackalloc long[length] : new long[length];
        for (int i = 0; i < length; i++) positions[i] = i;
        return Scores(_body.Forward(ids, Tensor.FromIndices(positions, [length]), []));
    }

    /// <summary>The scores (V) of what comes after tokens that begin a text; the cache, which is empty, then holds them.</summary>
    internal Tensor Begin(ReadOnlySpan<int> tokens, KeyValueCache cache)
    {
        if (tokens.IsEmpty) throw new ArgumentException("There is no token to begin with.", nameof(tokens));
        if (cache.Length > 0) throw new ArgumentException($"The cache holds {cache.Length} tokens already.", nameof(cache));
        long[] ids = new long[tokens.Length], positions = new long[tokens.Length];
        for (int i = 0; i < ids.Length; i++) (ids[i], positions[i]) = (tokens[i], i);
        Tensor hidden = _body.Forward(Tensor.FromIndices(ids, [1, ids.Length]), Tensor.FromIndices(positions, [ids.Length]), [cache]);
        cache.Advance(ids.Length);
        return Scores(hidden.Select(0, 0).Select(0, ids.Length - 1).Unsqueeze(0)).Select(0, 0);
    }

    /// <summary>The scores (B, V) of what comes next in each of several texts after a token more; the caches then hold these. In steady state nothing is allocated.</summary>
    /// <param name="tokens">One for each text.</param>
    /// <param name="caches">What came before, none of them full.</param>
    internal Tensor Continue(ReadOnlySpan<int> tokens, ReadOnlySpan<KeyValueCache> caches)
    {
        int count = tokens.Length;
        if (count == 0 || caches.Length != count) throw new ArgumentException($"There are {count} tokens for {caches.Length} texts.", nameof(caches));
        Span<long> ids = count <= 256 ? stackalloc long[count] : new long[count], positions = count <= 256 ? stackalloc long[count] : new long[count];
        for (int i = 0; i < count; i++)
        {
            if (caches[i].Length >= caches[i].Capacity) throw new ArgumentException($"The cache has room for {caches[i].Capacity} tokens and is full.", nameof(caches));
            (ids[i], positions[i]) = (tokens[i], caches[i].Length);
        }
        Tensor hidden = _body.Forward(Tensor.FromIndices(ids, [1, count]), Tensor.FromIndices(positions, [count]), caches);
        foreach (KeyValueCache cache in caches) cache.Advance(1);
        return Scores(hidden.Select(0, 0));
    }

    private Tensor Scores(Tensor hidden) => hidden.Linear(_body.TokenEmbedding);

    private sealed class Body : Module
    {
        private readonly Table _tokens, _positions;
        private readonly Dropout _dropout;
        private readonly DecoderBlock[] _blocks;
        private readonly LayerNorm _norm;

        internal Body(DecoderDescription description, RandomSource random)
        {
            _tokens = Add("wte", new Table(description.VocabularySize, description.HiddenSize, random));
            _positions = Add("wpe", new Table(description.MaxTokens, description.HiddenSize, random));
            _dropout = Add("drop", new Dropout(description.Dropout, random));
            _blocks = new DecoderBlock[description.Layers];
            for (int layer = 0; layer < _blocks.Length; layer++) _blocks[layer] = Add($"h.{layer}", new DecoderBlock(description, layer, random));
            _norm = Add("ln_f", new LayerNorm(description.HiddenSize, description.NormEpsilon));
        }

        internal Tensor TokenEmbedding => _tokens.Weight;

        /// <param name="ids">(N, T).</param>
        /// <param name="positions">(T).</param>
        /// <param name="caches">As <see cref="DecoderAttention.Forward"/> takes them.</param>
        internal Tensor Forward(Tensor ids, Tensor positions, ReadOnlySpan<KeyValueCache> caches)
        {
            Tensor x = _dropout.Forward(_tokens.Weight.Embed(ids) + _positions.Weight.Embed(positions));
            foreach (DecoderBlock block in _blocks) x = block.Forward(x, caches);
            return _norm.Forward(x);
        }
    }

    /// <summary>A vector for each token or position.</summary>
    private sealed class Table : Module
    {
        internal Table(int count, int size, RandomSource random) => Weight = AddParameter("weight", Tensor.Normal([count, size], random, deviation: Deviation));

        /// <summary>(count, size).</summary>
        internal Tensor Weight { get; }
    }
}
