namespace MLPipelines.Tensors.Layers;

/// <summary>A convolution of images: (N, H, W, C) to (N, OH, OW, O). With as many groups as channels it is depthwise.</summary>
public sealed class Conv2d : Layer
{
    private readonly Pair _stride, _padding, _dilation;
    private readonly int _groups;
    private readonly Activation _activation;

    /// <param name="inputs">C.</param>
    /// <param name="outputs">O.</param>
    /// <param name="kernel">The size of the kernels.</param>
    /// <param name="random">Draws the first weights.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next; 1 unless given.</param>
    /// <param name="padding">Rows and columns of zeros around the images; 0 unless given.</param>
    /// <param name="dilation">Pixels from one weight of the kernel to the next; 1 unless given.</param>
    /// <param name="groups">Channels are divided into so many groups that know nothing of each other.</param>
    /// <param name="hasBias">Whether there is one; before a normalization it would do nothing.</param>
    /// <param name="activation">What follows.</param>
    public Conv2d(int inputs, int outputs, Pair kernel, RandomSource random, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int groups = 1,
        bool hasBias = true, Activation activation = Activation.None)
    {
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) throw new ArgumentException($"{inputs} and {outputs} channels cannot be divided into {groups} groups.", nameof(groups));
        (_stride, _padding, _dilation, _groups, _activation) = (stride ?? 1, padding ?? 0, dilation ?? 1, groups, activation);
        int reached = inputs / groups * kernel.Height * kernel.Width;
        Weight = AddParameter("weight", Initial.Uniform([outputs, inputs / groups, kernel.Height, kernel.Width], reached, random));
        if (hasBias) Bias = AddParameter("bias", Initial.Uniform([outputs], reached, random));
    }

    /// <summary>(O, C / groups, KH, KW).</summary>
    public Tensor Weight { get; }

    /// <summary>(O), or none.</summary>
    public Tensor Bias { get; }

    internal int Inputs => Weight.Shape[1] * _groups;

    internal bool IsRectified => _activation == Activation.Relu;

    /// <summary>The sizes of the convolution of images (N, H, W, C).</summary>
    internal ConvolutionSize SizeFor(in Shape images) => ConvolutionSize.Of(images, Weight.Shape, _stride, _padding, _dilation, _groups);

    public override Tensor Forward(Tensor x) => x.Conv2d(Weight, Bias, _stride, _padding, _dilation, _groups, _activation);
}
