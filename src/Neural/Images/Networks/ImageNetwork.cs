using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>A network that classifies pictures: (N, H, W, C) to one score for each class (N, classes), before softmax.</summary>
internal abstract class ImageNetwork : Layer
{
    /// <summary>The name of the last layer, whose weights belong to the classes.</summary>
    internal abstract string Head { get; }

    /// <summary>Prepares predictions: the numbers do not change any more, and no derivatives are asked for.</summary>
    internal abstract void Fix();

    /// <summary>Learned numbers without those that only count batches.</summary>
    internal IEnumerable<NamedTensor> Weights => State().Where(item => item.Tensor.ElementType == ElementType.Float32);

    /// <summary>
    /// The last layer. While predicting, each picture is a product by itself: which sums a product of several rows makes depends on their number, and a
    /// picture's scores are not to depend on those beside it.
    /// </summary>
    private protected Tensor Classify(Linear last, Tensor features) =>
        IsTraining ? last.Forward(features) : features.Unsqueeze(1).MatMul(last.Weight.Transpose()).Squeeze(1) + last.Bias;

    /// <summary>He and others (2015): a normal distribution by what a convolution reaches forward, which keeps the variance through ReLU.</summary>
    private protected static void Initialize(Tensor weight, RandomSource random)
    {
        int reached = weight.Shape[0] * weight.Shape[2] * weight.Shape[3];
        using var step = new Step();
        weight.CopyFrom(Tensor.Normal(weight.Shape, random, 0, MathF.Sqrt(2f / reached)));
    }
}
