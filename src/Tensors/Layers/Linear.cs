namespace MLPipelines.Tensors.Layers;

/// <summary>activation(x Wᵀ + b): (…, in) to (…, out).</summary>
public sealed class Linear : Layer
{
    /// <param name="inputs">The last size of what it takes.</param>
    /// <param name="outputs">The last size of what it makes.</param>
    /// <param name="random">Draws the first weights.</param>
    /// <param name="hasBias">Whether b is there.</param>
    /// <param name="activation">What follows.</param>
    public Linear(int inputs, int outputs, RandomSource random, bool hasBias = true, Activation activation = Activation.None)
    {
        Activation = activation;
        Weight = AddParameter("weight", Initial.Uniform([outputs, inputs], inputs, random));
        if (hasBias) Bias = AddParameter("bias", Initial.Uniform([outputs], inputs, random));
    }

    /// <summary>(out, in).</summary>
    public Tensor Weight { get; }

    /// <summary>(out), or none.</summary>
    public Tensor Bias { get; }

    /// <summary>What follows.</summary>
    internal Activation Activation { get; }

    private protected override IEnumerable<Tensor> Matrices => [Weight];

    public override Tensor Forward(Tensor x) => x.Linear(Weight, Bias, Activation);
}
