using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>A convolution without bias and the batch normalization after it, which are two layers by name and one by work.</summary>
internal sealed class NormalizedConvolution(Conv2d convolution, BatchNorm norm)
{
    internal Conv2d Convolution => convolution;

    internal BatchNorm Norm => norm;

    /// <param name="x">(N, H, W, C).</param>
    /// <param name="added">Added before ReLU, if that follows: what goes past a residual block; or none.</param>
    internal Tensor Forward(Tensor x, Tensor added = default) => norm.Forward(convolution.Forward(x), added);
}
