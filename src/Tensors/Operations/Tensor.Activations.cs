using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <inheritdoc cref="Activation.Relu"/>
    public Tensor Relu() => Activate(Activation.Relu);

    /// <inheritdoc cref="Activation.Gelu"/>
    public Tensor Gelu() => Activate(Activation.Gelu);

    /// <inheritdoc cref="Activation.Silu"/>
    public Tensor Silu() => Activate(Activation.Silu);

    /// <inheritdoc cref="Activation.Tanh"/>
    public Tensor Tanh() => Activate(Activation.Tanh);

    /// <inheritdoc cref="Activation.Sigmoid"/>
    public Tensor Sigmoid() => Activate(Activation.Sigmoid);

    public Tensor Activate(Activation activation)
    {
        if (activation == Activation.None) return this;
        Tensor dense = Dense(), y = NewLike(Shape);
        Backend.Activate(activation, dense.Floats, y.Floats, y.Count);
        return Tape.Record(Derivatives.Activate, y, [this], new Attributes { Activation = activation });
    }

    internal static Tensor ActivateGradient(Activation activation, Tensor x, Tensor y, Tensor g)
    {
        Tensor input = (activation.IsOfInput() ? x : y).Dense(), dy = g.Dense(), dx = g.NewLike(g.Shape);
        g.Backend.ActivateGradient(activation, input.Floats, dy.Floats, dx.Floats, dx.Count);
        return dx;
    }
}

internal static class Activations
{
    /// <summary>Whether the derivative needs the input; that of the others follows from the output.</summary>
    internal static bool IsOfInput(this Activation activation) => activation is Activation.Gelu or Activation.GeluTanh or Activation.Silu;
}
