using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Layers;

/// <summary>
/// activation(x Wᵀ + b) with weights that do not change any more: they are brought into the order that the kernels read them in once, which is a second copy of them. What a row comes to does not
/// depend on the rows beside it. For predictions; many threads may use it.
/// </summary>
internal sealed unsafe class FixedLinear
{
    private readonly Tensor _weight, _bias;
    private readonly Activation _activation;
    private volatile Packed? _packed;

    /// <param name="weight">(out, in).</param>
    /// <param name="bias">(out), or none.</param>
    /// <param name="activation">What follows.</param>
    internal FixedLinear(Tensor weight, Tensor bias, Activation activation = Activation.None) => (_weight, _bias, _activation) = (weight, bias, activation);

    internal FixedLinear(Linear layer) : this(layer.Weight, layer.Bias, layer.Activation) { }

    internal Tensor Forward(Tensor x)
    {
        (int outputs, int inputs) = (_weight.Shape[0], _weight.Shape[1]);
        if (x.Rank == 0 || x.Shape[-1] != inputs) throw new ArgumentException($"A linear layer with weights {_weight.Shape} cannot take {x.Shape}: its last size is to be {inputs}.");
        Tensor input = x.Dense(), y = x.NewLike(x.Shape.With(-1, outputs));
        var size = new ProductSize
        {
            Batch = 1,
            Rows = x.Shape.Without(-1).Count,
            Inner = inputs,
            Columns = outputs,
            RowStrideA = inputs,
            ColumnStrideA = 1,
            RowStrideB = 1,
            ColumnStrideB = inputs,
            IsHalfB = _weight.ElementType == ElementType.BFloat16,
            Activation = _activation,
        };
        Packed packed = PackedFor(size);
        x.Backend.MultiplyPacked(size, input.Floats, packed.Weights.Floats, _bias.FloatsOrNull, y.Floats);
        GC.KeepAlive(packed);
        return y;
    }

    private Packed PackedFor(in ProductSize size)
    {
        if (_packed is { } packed && packed.Kernels == KernelWidths.Current) return packed;
        Tensor weights = _weight.NewLike([checked((int)_weight.Backend.PackedLength(size))]).Keep();
        _weight.Backend.PackFactor(size, _weight.Pointer, weights.Floats);
        return _packed = new Packed(KernelWidths.Current, weights);
    }

    private sealed record Packed(KernelWidth Kernels, Tensor Weights);
}
