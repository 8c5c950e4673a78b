using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The convolution of images with kernels (cross-correlation, as networks mean it).</summary>
    /// <param name="weight">(O, C / groups, KH, KW) for images (N, H, W, C).</param>
    /// <param name="bias">(O), or none.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next; 1 unless given.</param>
    /// <param name="padding">Rows and columns of zeros around the images; 0 unless given.</param>
    /// <param name="dilation">Pixels from one weight of the kernel to the next; 1 unless given.</param>
    /// <param name="groups">Channels are divided into so many groups that know nothing of each other.</param>
    /// <param name="activation">What follows.</param>
    /// <returns>(N, OH, OW, O) with OH = (H + 2 padding - dilation (KH - 1) - 1) / stride + 1.</returns>
    public Tensor Conv2d(Tensor weight, Tensor bias = default, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int groups = 1, Activation activation = Activation.None)
    {
        if (Rank != 4 || weight.Rank != 4 || groups < 1 || Shape[3] != weight.Shape[1] * groups || weight.Shape[0] % groups != 0 || (!bias.IsNone && bias.Count != weight.Shape[0]))
            throw new ArgumentException($"A convolution with weights {weight.Shape} (O, C / groups, KH, KW) in {groups} groups cannot take images {Shape} (N, H, W, C).");
        // Predictions do not depend on what is predicted beside them.
        ConvolutionSize size = ConvolutionSize.Of(Shape, weight.Shape, stride ?? 1, padding ?? 0, dilation ?? 1, groups) with { IsByImage = NoGradient.IsOpen };
        if (size.OutHeight < 1 || size.OutWidth < 1) throw new ArgumentException($"Kernels of {weight.Shape} are larger than the images {Shape}.");
        bool isRectified = activation == Activation.Relu;
        Tensor x = Dense(), w = weight.Dense(), b = bias.DenseOrNone(), y = NewLike([Shape[0], size.OutHeight, size.OutWidth, weight.Shape[0]]);
        Backend.Convolve(size, x.Floats, w.Floats, b.FloatsOrNull, isRectified, y.Floats);
        y = Tape.Record(Derivatives.Convolve, y, [this, weight, bias], new Attributes { Convolution = size, Fused = isRectified ? activation : Activation.None });
        return isRectified ? y : y.Activate(activation);
    }

    /// <summary>The convolution of sequences (N, T, C) with kernels (O, C / groups, K), to (N, OT, O); otherwise as <see cref="Conv2d"/>.</summary>
    public Tensor Conv1d(Tensor weight, Tensor bias = default, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, Activation activation = Activation.None) =>
        Unsqueeze(1).Conv2d(weight.Unsqueeze(2), bias, new Pair(1, stride), new Pair(0, padding), new Pair(1, dilation), groups, activation).Squeeze(1);

    internal static Tensor ConvolveInputGradient(in ConvolutionSize size, Tensor x, Tensor weight, Tensor gradient)
    {
        Tensor dy = gradient.Dense(), w = weight.Dense(), dx = x.NewLike(x.Shape);
        x.Backend.ConvolveInputGradient(size, dy.Floats, w.Floats, dx.Floats);
        return dx;
    }

    internal static (Tensor Weight, Tensor Bias) ConvolveWeightGradients(in ConvolutionSize size, Tensor x, Tensor weight, Tensor bias, Tensor gradient)
    {
        Tensor input = x.Dense(), dy = gradient.Dense(), dw = weight.NewLike(weight.Shape), db = bias.IsNone ? bias : bias.NewLike(bias.Shape);
        x.Backend.ConvolveWeightGradients(size, input.Floats, dy.Floats, dw.Floats, db.FloatsOrNull);
        return (dw, db);
    }
}
