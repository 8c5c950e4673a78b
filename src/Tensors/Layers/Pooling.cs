namespace MLPipelines.Tensors.Layers;

/// <summary>The greatest number of each window of images (N, H, W, C).</summary>
/// <param name="window">The size of a window.</param>
/// <param name="stride">Pixels from one window to the next; the size of a window unless given.</param>
/// <param name="padding">How far windows reach over the borders.</param>
/// <param name="isRectified">Whether numbers below 0 count as 0: ReLU and pooling at once.</param>
public sealed class MaxPool(Pair window, Pair? stride = null, Pair? padding = null, bool isRectified = false) : Layer
{
    public override Tensor Forward(Tensor x) => x.MaxPool2d(window, stride, padding, isRectified);
}

/// <summary>The mean of each window of images (N, H, W, C).</summary>
/// <param name="window">The size of a window.</param>
/// <param name="stride">Pixels from one window to the next; the size of a window unless given.</param>
/// <param name="padding">How far windows reach over the borders.</param>
/// <param name="countsPadding">Whether what lies outside counts as 0; otherwise it does not count.</param>
public sealed class AveragePool(Pair window, Pair? stride = null, Pair? padding = null, bool countsPadding = true) : Layer
{
    public override Tensor Forward(Tensor x) => x.AveragePool2d(window, stride, padding, countsPadding);
}

/// <summary>The mean of each channel over all places: (N, …, C) to (N, C).</summary>
public sealed class GlobalAveragePool : Layer
{
    public override Tensor Forward(Tensor x) => x.Reshape(x.Shape[0], -1, x.Shape[-1]).Mean([1]);
}
