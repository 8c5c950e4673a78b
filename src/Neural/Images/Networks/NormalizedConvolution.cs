using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>A convolution without bias and the batch normalization after it, which are two layers by name and one by work.</summary>
internal sealed class NormalizedConvolution(Conv2d convolution, BatchNorm norm)
{
    // For predictions: both at once, and the convolution alone where something is added before ReLU.
    private FixedConvolution? _both, _alone;

    internal Conv2d Convolution => convolution;

    internal BatchNorm Norm => norm;

    /// <summary>Prepares predictions; the numbers do not change any more.</summary>
    /// <param name="isAddedTo">Whether something is added before ReLU.</param>
    internal void Fix(bool isAddedTo = false)
    {
        if (isAddedTo) _alone = new FixedConvolution(convolution);
        else _both = new FixedConvolution(convolution, norm);
    }

    /// <param name="x">(N, H, W, C).</param>
    /// <param name="added">Added before ReLU, if that follows: what goes past a residual block; or none.</param>
    internal Tensor Forward(Tensor x, Tensor added = default) =>
        _both is not null ? _both.Forward(x) : norm.Forward(_alone is not null ? _alone.Forward(x) : convolution.Forward(x), added);
}
