using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>softmax(Q Kᵀ / √d + mask) V by each head, for queries (N, T, heads, d), keys and values (N, S, heads, d). A query that sees no key has zeros.</summary>
    /// <param name="key">(N, S, heads, d).</param>
    /// <param name="value">(N, S, heads, d).</param>
    /// <param name="mask">Added to the scores, repeated to (N, heads, T, S): 0 where attention may go, negative infinity where not; or none. It has no derivative.</param>
    /// <param name="isCausal">Whether a query sees only keys up to its own position.</param>
    /// <param name="dropout">The probability with which an attention weight is left out.</param>
    /// <param name="random">Decides which, where some are.</param>
    /// <returns>(N, T, heads, d)</returns>
    public Tensor Attention(Tensor key, Tensor value, Tensor mask = default, bool isCausal = false, float dropout = 0, RandomSource? random = null)
    {
        if (Rank != 4 || key.Shape != value.Shape || key.Shape != Shape.With(1, key.Shape[1]))
            throw new ArgumentException($"Queries {Shape}, keys {key.Shape} and values {value.Shape} do not go together: expected (N, T, heads, d), and twice (N, S, heads, d).");
        Tensor seen = mask.IsNone ? mask : mask.Detach().Expand([Shape[0], Shape[2], Shape[1], key.Shape[1]]);
        if (!(dropout is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"A dropout rate lies in [0, 1), not at {dropout}.");
        if (dropout > 0) ArgumentNullException.ThrowIfNull(random);
        if (!seen.IsNone && seen.Shape[3] > 1 && seen.Cell.Strides[3] != 1) seen = seen.Contiguous();
        Tensor q = Dense(), k = key.Dense(), v = value.Dense(), y = NewLike(Shape), logs = NewLike([Shape[0], Shape[2], Shape[1]]);
        RandomStream stream = dropout > 0 ? random!.Take(AttentionSize.DrawnFor(Shape, key.Shape[1])) : default;
        AttentionSize size = SizeOf(q, k, seen, isCausal, dropout, stream);
        Backend.Attend(size, q.Floats, k.Floats, v.Floats, y.Floats, logs.Floats);
        GC.KeepAlive(seen._cell);
        return Tape.Record(Derivatives.Attention, y, [this, key, value], new Attributes { Saved = logs, Saved2 = seen, Flag = isCausal, Number = dropout, Stream = stream });
    }

    internal static void AttentionGradients(TapeNode node, Tensor gradient)
    {
        Tensor q = node.A.Dense(), k = node.B.Dense(), v = node.C.Dense(), dy = gradient.Dense(), dq = q.NewLike(q.Shape), dk = k.NewLike(k.Shape), dv = v.NewLike(v.Shape);
        q.Backend.AttendGradient(SizeOf(q, k, node.With.Saved2, node.With.Flag, node.With.Number, node.With.Stream), q.Floats, k.Floats, v.Floats, node.Output.Floats, node.With.Saved.Floats, dy.Floats, dq.Floats, dk.Floats, dv.Floats);
        node.Give(0, dq);
        node.Give(1, dk);
        node.Give(2, dv);
    }

    private static AttentionSize SizeOf(Tensor query, Tensor key, Tensor mask, bool isCausal, float dropout, RandomStream stream) => new()
    {
        Batch = query.Shape[0],
        Queries = query.Shape[1],
        Keys = key.Shape[1],
        Heads = query.Shape[2],
        Width = query.Shape[3],
        Scale = 1 / MathF.Sqrt(query.Shape[3]),
        IsCausal = isCausal,
        Rate = dropout,
        Stream = stream,
        Mask = mask.FloatsOrNull,
        MaskBatch = mask.IsNone ? 0 : mask.Cell.Strides[0],
        MaskHead = mask.IsNone ? 0 : mask.Cell.Strides[1],
        MaskQuery = mask.IsNone ? 0 : mask.Cell.Strides[2],
    };
}
