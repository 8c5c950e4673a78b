using MLPipelines.Tensors;

namespace MLPipelines.Neural.Images;

/// <summary>A network that classifies pictures: (N, H, W, C) to one score for each class (N, classes), before softmax.</summary>
internal abstract class ImageNetwork : Layer
{
    /// <summary>The name of the last layer, whose weights belong to the classes.</summary>
    internal abstract string Head { get; }

    /// <summary>Learned numbers without those that only count batches.</summary>
    internal IEnumerable<NamedTensor> Weights => State().Where(item => item.Tensor.ElementType == ElementType.Float32);

    /// <summary>He and others (2015): a normal distribution by what a convolution reaches forward, which keeps the variance through ReLU.</summary>
    private protected static void Initialize(Tensor weight, RandomSource random)
    {
        int reached = weight.Shape[0] * weight.Shape[2] * weight.Shape[3];
        using var step = new Step();
        weight.CopyFrom(Tensor.Normal(weight.Shape, random, 0, MathF.Sqrt(2f / reached)));
    }
}
