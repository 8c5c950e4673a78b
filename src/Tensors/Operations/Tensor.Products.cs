using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The matrix product along the last two axes; those before them are a batch and go together by broadcasting.</summary>
    /// <param name="other">(…, k, m) for a tensor (…, n, k).</param>
    /// <returns>(…, n, m)</returns>
    public Tensor MatMul(Tensor other)
    {
        Tensor a = AsMatrices(), b = other.AsMatrices();
        if (a.Rank < 2 || b.Rank < 2 || a.Shape[-1] != b.Shape[-2])
            throw new ArgumentException($"The matrix product of {a.Shape} and {b.Shape} does not exist: the last size of the first and the last but one of the second are to be equal.");
        Shape batchA = a.Shape.Without(-1).Without(-1), batchB = b.Shape.Without(-1).Without(-1), batch = Shape.Broadcast(batchA, batchB);
        Tensor c = a.NewLike(batch.Insert(batch.Rank, a.Shape[-2]).Insert(batch.Rank + 1, b.Shape[-1]));
        var way = new StridedPair(batch, Strided.Repeated(batchA, a.Cell.Strides.Without(-1).Without(-1), batch), Strided.Repeated(batchB, b.Cell.Strides.Without(-1).Without(-1), batch));
        var product = new ProductSize
        {
            Rows = a.Shape[-2],
            Inner = a.Shape[-1],
            Columns = b.Shape[-1],
            RowStrideA = a.Cell.Strides[-2],
            ColumnStrideA = a.Cell.Strides[-1],
            RowStrideB = b.Cell.Strides[-2],
            ColumnStrideB = b.Cell.Strides[-1],
            IsHalfA = a.IsHalf(),
            IsHalfB = b.IsHalf(),
        };
        Multiply(product, a.Pointer, b.Pointer, c.Floats, way, 0);
        GC.KeepAlive(a._cell);
        GC.KeepAlive(b._cell);
        return Tape.Record(Derivatives.MatMul, c, [this, other]);
    }

    /// <summary>activation(x Wᵀ + b) along the last axis.</summary>
    /// <param name="weight">(out, in) for a tensor (…, in).</param>
    /// <param name="bias">(out), or none.</param>
    /// <param name="activation">What follows.</param>
    /// <returns>(…, out)</returns>
    public Tensor Linear(Tensor weight, Tensor bias = default, Activation activation = Activation.None)
    {
        if (weight.Rank != 2 || Rank == 0 || Shape[-1] != weight.Shape[1] || (!bias.IsNone && bias.Count != weight.Shape[0]))
            throw new ArgumentException($"A linear layer with weights {weight.Shape} and biases {(bias.IsNone ? "none" : bias.Shape.ToString())} cannot take {Shape}: its last size is to be {weight.Shape[-1]}.");
        if (activation.IsOfInput() && Tape.Wants([this, weight, bias])) return Linear(weight, bias).Activate(activation);
        Tensor x = Dense(), w = weight.AsMatrices(), b = bias.DenseOrNone(), y = NewLike(Shape.With(-1, weight.Shape[0]));
        var product = new ProductSize
        {
            Batch = 1,
            Rows = Shape.Without(-1).Count,
            Inner = Shape[-1],
            Columns = weight.Shape[0],
            RowStrideA = Shape[-1],
            ColumnStrideA = 1,
            RowStrideB = w.Cell.Strides[1],
            ColumnStrideB = w.Cell.Strides[0],
            IsHalfA = x.IsHalf(),
            IsHalfB = w.IsHalf(),
            Activation = activation,
        };
        Backend.Multiply(product, x.Pointer, w.Pointer, b.FloatsOrNull, y.Floats);
        return Tape.Record(Derivatives.Linear, y, [this, weight, bias], new Attributes { Fused = activation });
    }

    /// <summary>All axes but the last as one.</summary>
    internal Tensor AsRows() => Reshape(-1, Shape[-1]);

    /// <summary>Goes over all but the innermost axis of the batch, which the backend takes at once.</summary>
    private float* Multiply(in ProductSize product, byte* a, byte* b, float* c, in StridedPair way, int axis)
    {
        if (axis >= way.Sizes.Rank - 1)
        {
            int batch = way.Sizes.Rank == 0 ? 1 : way.Sizes[-1];
            Backend.Multiply(product with { Batch = batch, BatchStrideA = batch == 1 ? 0 : way.Left[-1], BatchStrideB = batch == 1 ? 0 : way.Right[-1] }, a, b, null, c);
            return c + (long)batch * product.Rows * product.Columns;
        }
        for (int i = 0; i < way.Sizes[axis]; i++)
            c = Multiply(product, a + (long)i * way.Left[axis] * (product.IsHalfA ? 2 : 4), b + (long)i * way.Right[axis] * (product.IsHalfB ? 2 : 4), c, way, axis + 1);
        return c;
    }

    /// <summary>Whether it holds bfloat16, which products take as it is.</summary>
    private bool IsHalf()
    {
        if (ElementType == ElementType.BFloat16) return true;
        Expect(ElementType.Float32, nameof(MatMul));
        return false;
    }

    /// <summary>The view, or a copy when neither rows nor columns lie without gaps.</summary>
    private Tensor AsMatrices() => Rank >= 2 && Cell.Strides[-1] != 1 && Cell.Strides[-2] != 1 ? Dense() : this;
}
