namespace MLPipelines.Tensors.Layers;

/// <summary>A convolution of sequences: (N, T, C) to (N, OT, O).</summary>
public sealed class Conv1d : Layer
{
    private readonly int _stride, _padding, _dilation, _groups;
    private readonly Activation _activation;

    /// <param name="inputs">C.</param>
    /// <param name="outputs">O.</param>
    /// <param name="kernel">The length of the kernels.</param>
    /// <param name="random">Draws the first weights.</param>
    /// <param name="stride">Steps from one place of the kernel to the next.</param>
    /// <param name="padding">Zeros before and after the sequences.</param>
    /// <param name="dilation">Steps from one weight of the kernel to the next.</param>
    /// <param name="groups">Channels are divided into so many groups that know nothing of each other.</param>
    /// <param name="hasBias">Whether there is one.</param>
    /// <param name="activation">What follows.</param>
    public Conv1d(int inputs, int outputs, int kernel, RandomSource random, int stride = 1, int padding = 0, int dilation = 1, int groups = 1,
        bool hasBias = true, Activation activation = Activation.None)
    {
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) throw new ArgumentException($"{inputs} and {outputs} channels cannot be divided into {groups} groups.", nameof(groups));
        (_stride, _padding, _dilation, _groups, _activation) = (stride, padding, dilation, groups, activation);
        Weight = AddParameter("weight", Initial.Uniform([outputs, inputs / groups, kernel], inputs / groups * kernel, random));
        if (hasBias) Bias = AddParameter("bias", Initial.Uniform([outputs], inputs / groups * kernel, random));
    }

    /// <summary>(O, C / groups, K).</summary>
    public Tensor Weight { get; }

    /// <summary>(O), or none.</summary>
    public Tensor Bias { get; }

    public override Tensor Forward(Tensor x) => x.Conv1d(Weight, Bias, _stride, _padding, _dilation, _groups, _activation);
}
