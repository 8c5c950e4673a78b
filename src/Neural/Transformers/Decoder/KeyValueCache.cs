using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// The keys and values of one text's tokens at every layer, so that a token more costs one row of products. It serves one thread at a time, can be used
/// again for other texts, and gives its memory back when it is disposed of.
/// </summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] _keys, _values;

    /// <param name="description">The decoder that it is for.</param>
    /// <param name="capacity">The most tokens that it can hold.</param>
    internal KeyValueCache(DecoderDescription description, int capacity)
    {
        Capacity = Math.Min(capacity, description.MaxTokens);
        Shape shape = [1, Capacity, description.Heads, description.HiddenSize / description.Heads];
        _keys = new Tensor[description.Layers];
        _values = new Tensor[description.Layers];
        for (int layer = 0; layer < _keys.Length; layer++) (_keys[layer], _values[layer]) = (Tensor.Zeros(shape).Keep(), Tensor.Zeros(shape).Keep());
    }

    /// <summary>The most tokens that it can hold.</summary>
    internal int Capacity { get; }

    /// <summary>How many it holds.</summary>
    internal int Length { get; private set; }

    /// <summary>Forgets all tokens.</summary>
    internal void Clear() => Length = 0;

    /// <summary>Notes keys and values (1, T, heads, d) of one layer after those that are there, and gives all of them.</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        int count = keys.Shape[1];
        _keys[layer].Slice(1, Length, count).CopyFrom(keys);
        _values[layer].Slice(1, Length, count).CopyFrom(values);
        return (_keys[layer].Slice(1, 0, Length + count), _values[layer].Slice(1, 0, Length + count));
    }

    /// <summary>Counts tokens whose keys and values every layer has noted.</summary>
    internal void Advance(int count) => Length += count;

    public void Dispose()
    {
        for (int layer = 0; layer < _keys.Length; layer++)
        {
            if (_keys[layer].IsNone) continue;
            _keys[layer].Release();
            _values[layer].Release();
            _keys[layer] = _values[layer] = Tensor.None;
        }
    }
}
