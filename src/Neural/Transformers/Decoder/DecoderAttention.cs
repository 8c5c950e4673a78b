using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Attention of each token to itself and those before it, by several heads.</summary>
internal sealed class DecoderAttention : Module
{
    private readonly int _layer, _size, _heads;
    private readonly float _rate;
    private readonly RandomSource _random;
    private readonly TransposedLinear _input, _output;
    private readonly Dropout _dropout;

    internal DecoderAttention(DecoderDescription description, int layer, RandomSource random)
    {
        (_layer, _size, _heads, _rate, _random) = (layer, description.HiddenSize, description.Heads, description.AttentionDropout, random);
        _input = Add("c_attn", new TransposedLinear(_size, 3 * _size, random, TextDecoder.Deviation));
        _output = Add("c_proj", new TransposedLinear(_size, _size, random, TextDecoder.DeviationOf(description)));
        _dropout = Add("resid_dropout", new Dropout(description.Dropout, random));
    }

    /// <param name="x">(N, T, C); with caches N is 1.</param>
    /// <param name="caches">
    /// None, for whole texts. One, for tokens of one text that follow those of the cache: several only where it is empty. Several, for one token of each of as many texts.
    /// </param>
    internal Tensor Forward(Tensor x, ReadOnlySpan<KeyValueCache> caches)
    {
        Tensor queries = Map(x, 0), keys = Map(x, 1), values = Map(x, 2), mixed;
        if (caches.Length > 1)
        {
            mixed = Tensor.New(queries.Shape, x.Device);
            for (int i = 0; i < caches.Length; i++) mixed.Put(Continue(caches[i], queries.Slice(1, i, 1), keys.Slice(1, i, 1), values.Slice(1, i, 1)), 1, i);
        }
        else
        {
            mixed = caches.Length == 1 ? Continue(caches[0], queries, keys, values)
                : queries.Attention(keys, values, isCausal: true, dropout: IsTraining ? _rate : 0, random: _random);
        }
        return _dropout.Forward(_output.Forward(mixed.Reshape(x.Shape[0], x.Shape[1], _size)));
    }

    private Tensor Continue(KeyValueCache cache, Tensor queries, Tensor keys, Tensor values)
    {
        (Tensor allKeys, Tensor allValues) = cache.Append(_layer, keys, values);
        // A single token sees all; several begin the text.
        return queries.Attention(allKeys, allValues, isCausal: queries.Shape[1] > 1);
    }

    /// <summary>(N, T, C) to (N, T, heads, C / heads) by one of the three maps.</summary>
    private Tensor Map(Tensor x, int part) => _input.Forward(x, part * _size, _size).Reshape(x.Shape[0], x.Shape[1], _heads, _size / _heads);
}
