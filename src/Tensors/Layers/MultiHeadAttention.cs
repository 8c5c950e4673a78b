namespace MLPipelines.Tensors.Layers;

/// <summary>Attention (Vaswani and others 2017) by several heads: softmax(Q Kᵀ / √d + mask) V by each, put together and mapped. Named as PyTorch names it.</summary>
public sealed class MultiHeadAttention : Layer
{
    private readonly int _size, _heads;
    private readonly float _dropout;
    private readonly RandomSource _random;
    private readonly Linear _output;

    /// <param name="size">The last size of what it takes and makes.</param>
    /// <param name="heads">How many heads share it.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    /// <param name="dropout">The rate of dropout of attention weights while training.</param>
    public MultiHeadAttention(int size, int heads, RandomSource random, float dropout = 0)
    {
        if (heads < 1 || size % heads != 0) throw new ArgumentException($"A size of {size} cannot be divided among {heads} heads.", nameof(heads));
        (_size, _heads, _dropout, _random) = (size, heads, dropout, random);
        // By Glorot and Bengio (2010) over the three maps together.
        float bound = MathF.Sqrt(6f / (4 * size));
        InputWeight = AddParameter("in_proj_weight", Tensor.Uniform([3 * size, size], random, -bound, bound));
        InputBias = AddParameter("in_proj_bias", Tensor.Zeros([3 * size]));
        _output = Add("out_proj", new Linear(size, size, random));
        _output.Bias.Fill(0);
    }

    /// <summary>(3 size, size): the maps to queries, keys and values.</summary>
    public Tensor InputWeight { get; }

    /// <summary>(3 size).</summary>
    public Tensor InputBias { get; }

    private protected override IEnumerable<Tensor> Matrices => [InputWeight];

    /// <summary>Attention of sequences (N, T, size) to themselves.</summary>
    public override Tensor Forward(Tensor x) => Forward(x, x, Tensor.None);

    /// <summary>Attention of sequences to others, or to themselves under a mask.</summary>
    /// <param name="query">(N, T, size).</param>
    /// <param name="memory">(N, S, size): what keys and values come from.</param>
    /// <param name="mask">Added to the scores, repeated to (N, heads, T, S): 0 where attention may go, negative infinity where not; or none.</param>
    /// <param name="isCausal">Whether a query sees only what is up to its own position.</param>
    public Tensor Forward(Tensor query, Tensor memory, Tensor mask, bool isCausal = false)
    {
        Tensor mixed = Map(query, 0).Attention(Map(memory, 1), Map(memory, 2), mask, isCausal, IsTraining ? _dropout : 0, _random);
        return _output.Forward(mixed.Reshape(query.Shape));
    }

    /// <summary>(N, T, size) to (N, T, heads, size / heads) by one of the three maps.</summary>
    private Tensor Map(Tensor x, int part) =>
        x.Linear(InputWeight.Slice(0, part * _size, _size), InputBias.Slice(0, part * _size, _size)).Reshape(x.Shape[0], x.Shape[1], _heads, _size / _heads);
}
