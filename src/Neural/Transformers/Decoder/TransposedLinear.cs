using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>activation(x W + b): (…, in) to (…, out). GPT-2 keeps its weights this way around.</summary>
internal sealed class TransposedLinear : Module
{
    private readonly Activation _activation;

    /// <param name="inputs">The last size of what it takes.</param>
    /// <param name="outputs">The last size of what it makes.</param>
    /// <param name="random">Draws the first weights, from a normal distribution.</param>
    /// <param name="deviation">Of that distribution.</param>
    /// <param name="activation">What follows.</param>
    internal TransposedLinear(int inputs, int outputs, RandomSource random, float deviation, Activation activation = Activation.None)
    {
        _activation = activation;
        Weight = AddParameter("weight", Tensor.Normal([inputs, outputs], random, deviation: deviation));
        Bias = AddParameter("bias", Tensor.Zeros([outputs]));
    }

    /// <summary>(in, out).</summary>
    internal Tensor Weight { get; }

    /// <summary>(out).</summary>
    internal Tensor Bias { get; }

    internal Tensor Forward(Tensor x) => x.Linear(Weight.Transpose(), Bias, _activation);

    /// <summary>Only some of the outputs: what would cut the result into parts cuts the weights, which need not be copied for it.</summary>
    internal Tensor Forward(Tensor x, int start, int count) => x.Linear(Weight.Slice(1, start, count).Transpose(), Bias.Slice(0, start, count), _activation);
}
